package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerfileGateTest {

    private static List<String> frozen(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::frozenMessage).toList();
    }

    @Test
    void givesAnchoresDocumentedIdForAMissingHealthcheck() {
        var verdict = image().judge("dockerfile", "instruction", "instruction=HEALTHCHECK", "check=not_exists");

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.triggerId()).isEqualTo("41cb7cdf04850e33a11f80c42bf660b3");
            assertThat(result.frozenMessage())
                    .isEqualTo("Dockerfile directive 'HEALTHCHECK' not found, matching condition 'not_exists' check");
            assertThat(result.stableId()).isEqualTo("dockerfile:instruction:HEALTHCHECK not_exists");
        });
        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void seesAHealthcheckInTheConfiguration() {
        var check = new String[] {"instruction=HEALTHCHECK", "check=not_exists"};

        assertThat(image().healthcheck("CMD-SHELL", "true")
                        .judge("dockerfile", "instruction", check)
                        .results())
                .isEmpty();
        assertThat(frozen(image().healthcheck("CMD", "a\"b", "c")
                        .judge("dockerfile", "instruction", "instruction=HEALTHCHECK", "check=exists")))
                .containsExactly("Dockerfile directive 'HEALTHCHECK' check 'exists' matched against '' for line 'CMD"
                        + " [\"a\\\"b\", \"c\"]'");
    }

    @ParameterizedTest
    @CsvSource({
        "=, scratch, true",
        "=, scratc, false",
        "!=, scratch, false",
        "!=, debian, true",
        "exists, '', true",
        "like, scr.*, true",
        "like, cratch, false",
        "not_like, cratch, true",
        "not_like, s, false",
        "in, 'debian, scratch', true",
        "in, debian, false",
        "not_in, 'debian,alpine', true",
        "not_in, scratch, false",
        "not_exists, '', false",
    })
    void checksTheTextBehindAnInstruction(String check, String value, boolean fires) {
        var verdict = image().dockerfile("FROM scratch\n")
                .judge("dockerfile", "instruction", "instruction=FROM", "check=" + check, "value=" + value);

        assertThat(frozen(verdict))
                .isEqualTo(
                        fires
                                ? List.of("Dockerfile directive 'FROM' check '" + check + "' matched against '" + value
                                        + "' for line 'scratch'")
                                : List.of());
    }

    @Test
    void seesEveryStagesFrom() {
        var verdict = image().dockerfile("FROM golang:1 AS build\nRUN make\nfrom scratch\n")
                .judge("dockerfile", "instruction", "instruction=FROM", "check=exists");

        assertThat(frozen(verdict)).hasSize(2);
    }

    @Test
    void cannotJudgeFromWithoutTheDockerfile() {
        var verdict = image().history("/bin/sh -c #(nop) ADD file:1 in / ")
                .judge("dockerfile", "instruction", "instruction=FROM", "check=exists");

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged())
                .singleElement()
                .satisfies(rule -> assertThat(rule.reason()).contains("--dockerfile"));
    }

    @Test
    void staysQuietWithoutTheDockerfileWhereTheRuleAsksForIt() {
        assertThat(image().judge(
                                "dockerfile",
                                "instruction",
                                "instruction=FROM",
                                "check=exists",
                                "actual_dockerfile_only=TRUE")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(image().exposing("22/tcp")
                        .judge(
                                "dockerfile",
                                "exposed_ports",
                                "ports=22",
                                "type=denylist",
                                "actual_dockerfile_only=true")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void tellsRunAndCopyFromTheHistoryOfEitherBuilder() {
        var image = image().history(
                        "/bin/sh -c #(nop) COPY dir:1 in /app ",
                        "/bin/sh -c apt-get update",
                        "RUN /bin/sh -c make # buildkit",
                        "COPY . . # buildkit",
                        "CMD [\"sh\"]",
                        "EXPOSE map[80/tcp:{}]");

        assertThat(frozen(image.judge("dockerfile", "instruction", "instruction=RUN", "check=like", "value=.*")))
                .extracting(message -> message.substring(message.indexOf("for line")))
                .containsExactlyInAnyOrder("for line '/bin/sh -c apt-get update'", "for line '/bin/sh -c make'");
        assertThat(frozen(image.judge("dockerfile", "instruction", "instruction=COPY", "check=exists")))
                .extracting(message -> message.substring(message.indexOf("for line")))
                .containsExactlyInAnyOrder("for line 'dir:1 in /app'", "for line '. .'");
    }

    @Test
    void tellsRunFromTheHistoryOfAWindowsImage() {
        assertThat(frozen(image().history("cmd /S /C choco install git", "cmd /S /C #(nop) CMD [\"cmd\"]")
                        .judge("dockerfile", "instruction", "instruction=RUN", "check=exists")))
                .containsExactly(
                        "Dockerfile directive 'RUN' check 'exists' matched against '' for line 'cmd /S /C choco"
                                + " install git'");
    }

    @Test
    void cannotTellRunFromAnImageWithoutHistory() {
        assertThat(image().layer(10)
                        .judge("dockerfile", "instruction", "instruction=RUN", "check=not_exists")
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void looksIntoTheHereDocumentsOfARun() {
        var verdict = image().dockerfile("FROM a\nRUN <<EOF\napt-get update\nEOF\n")
                .judge("dockerfile", "instruction", "instruction=RUN", "check=like", "value=apt-get update$");

        assertThat(verdict.results()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "USER root, root",
        "user root, root",
        "USER [root], root",
        "USER root:root, root:root",
        "USER 0, 0",
        "USER 0:0, 0:0",
        "'', root",
    })
    void deniesRootHoweverItIsWritten(String line, String shown) {
        var verdict = image().dockerfile("FROM scratch\n" + line + "\n")
                .judge("dockerfile", "effective_user", "users=root,docker", "type=blacklist");

        assertThat(frozen(verdict))
                .containsExactly("User " + shown + " found as effective user, which is explicity not allowed");
    }

    @Test
    void allowsOnlyTheUsersOfAnAllowlist() {
        assertThat(frozen(image().user("app").judge("dockerfile", "effective_user", "users=web", "type=allowlist")))
                .containsExactly("User app found as effective user, which is not on the allowed list");
        assertThat(frozen(image().user("web:web").judge("dockerfile", "effective_user", "users=web", "type=whitelist")))
                .isEmpty();
        assertThat(frozen(image().judge("dockerfile", "effective_user", "users=app", "type=denylist")))
                .isEmpty();
    }

    @Test
    void takesTheLastStagesUser() {
        var text = "FROM a AS one\nUSER root\nFROM b\nUSER app\n";

        assertThat(image().dockerfile(text)
                        .judge("dockerfile", "effective_user", "users=root", "type=denylist")
                        .results())
                .isEmpty();
        assertThat(image().dockerfile("FROM a AS one\nUSER app\nFROM one\nRUN x\n")
                        .judge("dockerfile", "effective_user", "users=app", "type=denylist")
                        .results())
                .hasSize(1);
    }

    @Test
    void asksTheConfigurationForAUserThatTheDockerfileDoesNotTell() {
        assertThat(frozen(image().dockerfile("FROM a\nUSER ${APP}\n")
                        .user("root")
                        .judge("dockerfile", "effective_user", "users=root", "type=denylist")))
                .containsExactly("User root found as effective user, which is explicity not allowed");
        assertThat(image().dockerfile("FROM a\n")
                        .user("app")
                        .judge("dockerfile", "effective_user", "users=root", "type=denylist")
                        .results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "22, 22",
        "22/tcp, 22/tcp",
        "22/udp, 22/udp",
        "22/sctp, 22/sctp",
        "20-25, 22",
        "20-25/tcp, 22/tcp",
    })
    void deniesAPortHoweverItIsWritten(String token, String shown) {
        var verdict = image().dockerfile("FROM a\nexpose 80 " + token + "\n")
                .judge("dockerfile", "exposed_ports", "ports=22, 26", "type=denylist");

        assertThat(frozen(verdict))
                .containsExactly("Dockerfile exposes port (" + shown + ") which is in policy file DENIEDPORTS list");
    }

    @Test
    void namesTheSpellingThatAnchoreNames() {
        assertThat(frozen(image().dockerfile("FROM a\nEXPOSE 22/sctp 22/udp 22/tcp 22\n")
                        .judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")))
                .containsExactly("Dockerfile exposes port (22) which is in policy file DENIEDPORTS list");
        assertThat(frozen(image().dockerfile("FROM a\nEXPOSE 22/udp 22/tcp\n")
                        .judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")))
                .containsExactly("Dockerfile exposes port (22/tcp) which is in policy file DENIEDPORTS list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23", "222", "2-21", "$PORT", "x"})
    void staysQuietForOtherPorts(String token) {
        assertThat(image().dockerfile("FROM a\nEXPOSE " + token + "\n")
                        .judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")
                        .results())
                .isEmpty();
    }

    @Test
    void allowsOnlyThePortsOfAnAllowlist() {
        var image = image().dockerfile("FROM a\nEXPOSE 80 80 443/tcp 8000-8001 9000\n")
                .exposing("80/tcp", "8000/tcp");

        assertThat(frozen(image.judge("dockerfile", "exposed_ports", "ports=80,443,8000", "type=allowlist")))
                .containsExactlyInAnyOrder(
                        "Dockerfile exposes port (8000-8001) which is not in policy file ALLOWEDPORTS list",
                        "Dockerfile exposes port (9000) which is not in policy file ALLOWEDPORTS list");
    }

    @Test
    void seesPortsOfTheConfiguration() {
        assertThat(frozen(image().exposing("22/tcp").judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")))
                .containsExactly("Dockerfile exposes port (22/tcp) which is in policy file DENIEDPORTS list");
        assertThat(frozen(image().dockerfile("FROM base\n")
                        .exposing("22/tcp")
                        .judge("dockerfile", "exposed_ports", "ports=22", "type=denylist")))
                .hasSize(1);
    }

    @Test
    void takesPortNoughtForAnyPort() {
        assertThat(frozen(image().dockerfile("FROM a\nEXPOSE 80 81\n")
                        .judge("dockerfile", "exposed_ports", "ports=0", "type=denylist")))
                .containsExactly("Dockerfile exposes network ports but policy sets DENIEDPORTS=0: ['80', '81']");
        assertThat(image().judge("dockerfile", "exposed_ports", "ports=0", "type=denylist")
                        .results())
                .isEmpty();
    }

    @Test
    void saysWhereNoDockerfileWasGiven() {
        assertThat(frozen(image().judge("dockerfile", "no_dockerfile_provided")))
                .containsExactly("Image was not analyzed with an actual Dockerfile");
        assertThat(image().dockerfile("FROM a")
                        .judge("dockerfile", "no_dockerfile_provided")
                        .results())
                .isEmpty();
    }
}
