package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Collected.secret;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.image.Connection;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.BundleProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gate `image_config`.
final class ImageConfigGateTest {

    private static Verdict judge(Fixture image, String trigger, String... parameters) {
        return image.judge("image_config", trigger, parameters);
    }

    private static String told(Verdict verdict) {
        var result = verdict.results().getFirst();
        var remedy = result.remedy();
        return result.triggerId() + " | " + result.message() + " | "
                + remedy.instruction(remedy.subject().isEmpty() ? List.of() : List.of(remedy.subject()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, type=denylist, FAIL",
                "root, type=denylist, FAIL",
                "0:0, type=denylist, FAIL",
                "root:wheel, users=root, FAIL",
                "toor, type=denylist, FAIL",
                "app, type=denylist, PASS",
                "1000, type=denylist, PASS",
                "app, users=1000, FAIL",
                "1000, users=app, FAIL",
                "app, type=allowlist, FAIL",
                "root, type=allowlist, PASS",
                "1000, type=whitelist, FAIL",
            })
    void usersGoByNameAndNumber(String user, String parameter, Decision decision) {
        var image = image().with(nothing()
                .account("root:x:0:0::/root:/bin/sh")
                .account("toor:x:0:0::/root:/bin/sh")
                .account("app:x:1000:1000::/:/bin/sh"));
        if (user != null) {
            image.user(user);
        }

        assertThat(judge(image, "user", parameter).decision()).isEqualTo(decision);
    }

    @Test
    void saysWhoTheUserIs() {
        assertThat(told(judge(image(), "user")))
                .isEqualTo("user:root | Containers run as root (the image names no user), who is denied | Set USER to"
                        + " another than root");
        assertThat(told(judge(image().user("toor").with(nothing().account("toor:x:0:0::/:/bin/sh")), "user")))
                .startsWith("user:toor | Containers run as toor (who has the number 0), who is denied");
        assertThat(told(judge(image().user("app"), "user", "users=web,www", "type=allowlist")))
                .isEqualTo(
                        "user:app | Containers run as app, who is not among the users allowed | Set USER to one of web,"
                                + " www");
    }

    @Test
    void portsBelow1024ArePrivileged() {
        var verdict = judge(
                image().exposing("80/tcp", "443/tcp", "1024/tcp", "1000-2000/tcp", "8080", "1/udp"),
                "privileged_ports",
                "allowed_ports=80,443");

        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .containsExactlyInAnyOrder(
                        "image_config:privileged_ports:1/udp", "image_config:privileged_ports:1000-2000/tcp");
        assertThat(told(judge(image().exposing("80/tcp"), "privileged_ports")))
                .isEqualTo(
                        "privileged_ports:80/tcp | The port 80/tcp is exposed and lies below 1024 | Take port 80/tcp out"
                                + " of EXPOSE, and listen on one from 1024 on");
    }

    @Test
    void secretsOfTheConfigurationAndNamesOfSecretsFire() {
        var image = image().environment("A=1", "NPM_TOKEN=abc", "DB_PASSWORD=x", "EMPTY_SECRET=", "S_TOKEN_FILE")
                .with(nothing()
                        .secrets(
                                secret("npm-token", "config:env", 2, "aa"),
                                secret("generic-secret", "config:history", 1, "bb"),
                                secret("npm-token", "a/.npmrc", 1, "cc")));
        var verdict = judge(image, "secret_in_env");

        assertThat(verdict.results())
                .extracting(RuleResult::triggerId)
                .containsExactlyInAnyOrder(
                        "secret_in_env:npm-token:config:env:aa0000000000",
                        "secret_in_env:generic-secret:config:history:bb0000000000",
                        "secret_in_env:env:DB_PASSWORD");
        assertThat(verdict.results())
                .extracting(RuleResult::message)
                .contains(
                        "The environment variable DB_PASSWORD has a value in the image's configuration, and its name says"
                                + " that it is a secret");
    }

    @ParameterizedTest
    @CsvSource({
        "password=x, true",
        "MYSQL_ROOT_PASSWORD=x, true",
        "API_KEY=k, true",
        "GITHUB_TOKEN=t, true",
        "GPG_KEY=E3FF, false",
        "PASSWORD_FILE=/run/secrets/x, false",
        "SECRET=$OTHER, false",
        "ALLOW_EMPTY_PASSWORD=yes, false",
        "TOKENS_PER_MINUTE=0, false",
        "PATH=/bin, false",
        "TOKEN=, false",
    })
    void whatAVariableIsCalledTells(String entry, boolean fires) {
        assertThat(judge(image().environment(entry).with(nothing().secrets()), "secret_in_env")
                                .decision()
                        == Decision.FAIL)
                .isEqualTo(fires);
    }

    @Test
    void thePatternForNamesIsTheUsers() {
        var image = image().environment("MY_PIN=1234").with(nothing().secrets());

        assertThat(judge(image, "secret_in_env").decision()).isEqualTo(Decision.PASS);
        assertThat(told(judge(image, "secret_in_env", "name_pattern=.*_PIN$")))
                .isEqualTo("secret_in_env:env:MY_PIN | The environment variable MY_PIN has a value in the image's"
                        + " configuration, and its name says that it is a secret | Take MY_PIN out of ENV (give it when a"
                        + " container runs, or to the build as a secret mount)");
    }

    @Test
    void namesAreJudgedWhereNobodyLookedForSecrets() {
        var verdict = judge(image().environment("A_TOKEN=x"), "secret_in_env");

        assertThat(verdict.results()).hasSize(1);
        assertThat(verdict.unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody looked for secrets: the image was looked into without --secrets");
        assertThat(BundleText.of()
                        .rule("STOP", "image_config", "secret_in_env")
                        .bundle(false)
                        .needs()
                        .secrets())
                .isTrue();
    }

    @Test
    void labelsAreRequired() {
        var image = image().label("owner", "team-web");

        assertThat(judge(image, "required_label", "name=owner").decision()).isEqualTo(Decision.PASS);
        assertThat(judge(image, "required_label", "name=owner", "value_pattern=team-")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(told(judge(image, "required_label", "name=owner", "value_pattern=x")))
                .isEqualTo(
                        "required_label:owner | The label owner is 'team-web', which does not match x | Give the label"
                                + " owner a value like x");
        assertThat(told(judge(image, "required_label", "name=source", "value_pattern=https://")))
                .isEqualTo("required_label:source | The image has no label source | Add LABEL source with a value like"
                        + " https://");
    }

    @Test
    void aHealthcheckIsRequired() {
        assertThat(judge(image().healthcheck("CMD", "true"), "healthcheck").decision())
                .isEqualTo(Decision.PASS);
        assertThat(told(judge(image(), "healthcheck")))
                .isEqualTo("healthcheck:missing | The image has no health check | Add HEALTHCHECK to the Dockerfile");
        assertThat(told(judge(image().healthcheck("NONE"), "healthcheck")))
                .isEqualTo("healthcheck:disabled | The image switches the health check off (HEALTHCHECK NONE) | Replace"
                        + " HEALTHCHECK NONE by one that asks the service");
    }

    @Test
    void anImageMayNotBeOlder() {
        var image = image().created("2026-05-25T00:00:00.5+02:00");

        var before = judge(image.at("2026-05-31T22:00:01Z"), "age", "max_days=7");
        assertThat(before.decision()).isEqualTo(Decision.PASS);
        assertThat(before.change())
                .contains(new NextChange(Instant.parse("2026-05-31T22:00:01.5Z"), "the image is over 7 days old"));
        assertThat(told(judge(image.at("2026-05-31T22:00:02Z"), "age", "max_days=7")))
                .isEqualTo(
                        "age:created | The image was created 2026-05-25T00:00:00.5+02:00, over 7 days ago | Build the"
                                + " image anew, on its base of today");
        assertThat(judge(image().created("2027-01-01T00:00:00Z"), "age", "max_days=0")
                        .decision())
                .as("of the future")
                .isEqualTo(Decision.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:01Z",
                "0001-01-01T00:00:00Z",
                "1980-01-01T00:00:00Z"
            })
    void aDateThatTellsNothingIsUnknown(String created) {
        assertThat(judge(image().created(created), "age", "max_days=7").unjudged())
                .singleElement()
                .satisfies(unjudged ->
                        assertThat(unjudged.reason()).startsWith("when the image was created is not known: "));
    }

    @ParameterizedTest
    @CsvSource({"'amd64,arm64', PASS", "linux/amd64, PASS", "arm64, FAIL", "linux/arm64/v8, FAIL"})
    void architecturesAreAllowed(String allowed, Decision decision) {
        assertThat(judge(image(), "architecture", "allowed=" + allowed).decision())
                .isEqualTo(decision);
    }

    @Test
    void saysWhichArchitectureItIs() {
        assertThat(told(judge(image(), "architecture", "allowed=arm64,s390x")))
                .isEqualTo("architecture:linux/amd64 | The image is for linux/amd64, which is not among arm64, s390x |"
                        + " Build the image for one of arm64, s390x");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example/x:latest, denied=latest, FAIL",
        "a.example/x, denied=latest$, FAIL",
        "a.example/x:latest-1, denied=latest$, PASS",
        "a.example/x:1.4, required=[0-9]+\\.[0-9]+$, PASS",
        "a.example/x:v1, required=[0-9], FAIL",
        "a.example/x@sha256:1, denied=.*, PASS",
        "*, denied=latest, UNKNOWN",
    })
    void tagsAreDeniedAndRequired(String name, String parameter, Decision decision) {
        assertThat(judge(image().named(name), "tag_pattern", parameter).decision())
                .isEqualTo(decision);
    }

    @Test
    void saysWhatIsWrongWithTheTag() {
        var both = judge(image().named("a.example/x:dev"), "tag_pattern", "denied=dev", "required=v");

        assertThat(both.results())
                .extracting(RuleResult::triggerId, RuleResult::message)
                .containsExactlyInAnyOrder(
                        tuple("tag_pattern:denied:dev", "The tag dev is denied by dev"),
                        tuple("tag_pattern:required:dev", "The tag dev does not match v"));
        assertThat(BundleText.of()
                        .rule("STOP", "image_config", "tag_pattern")
                        .reading(false)
                        .errors())
                .extracting(BundleProblem::toString)
                .containsExactly("/rule_sets/0/rules/0/params: the parameter 'denied' or 'required' must be given");
    }

    @ParameterizedTest
    @CsvSource({"VERIFIED_TLS, PASS", "UNVERIFIED_TLS, FAIL", "PLAIN_HTTP, FAIL"})
    void registriesMustSpeakVerifiedTls(Connection connection, Decision decision) {
        assertThat(judge(image().over(connection), "transport").decision()).isEqualTo(decision);
    }

    @Test
    void saysHowTheRegistryWasAsked() {
        assertThat(told(judge(image().over(Connection.PLAIN_HTTP), "transport")))
                .isEqualTo(
                        "transport:plain-http | The registry was asked without TLS | Let the registry speak TLS, and take"
                                + " --insecure-http away");
        assertThat(told(judge(image().over(Connection.UNVERIFIED_TLS), "transport")))
                .startsWith(
                        "transport:unverified-tls | The registry's certificate was not verified | Let the registry");
        assertThat(judge(image(), "transport").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "how the image came from its registry is not known: the source 'docker-archive' does not"
                                + " tell it (registry:NAME does)");
    }
}
