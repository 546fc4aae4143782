package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Collected.secret;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.rule.FrozenId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gate `secret_scans`.
final class SecretScansGateTest {

    private static final String TRIGGER = "content_regex_checks";

    private static Collected secrets() {
        return nothing()
                .secrets(
                        secret("aws-access-key-id", "root/.aws/credentials", 2, "aa"),
                        secret("aws-access-key-id", "root/.aws/credentials", 9, "aa"),
                        secret("aws-access-key-id", "root/.aws/credentials", 11, "bb"),
                        secret("npm-token", "config:env", 3, "cc"),
                        secret("private-key-rsa", "etc/ssl/key.pem", 1, "dd"),
                        secret("private-key-rsa", "old/key.pem", 1, "ee", true));
    }

    private static Verdict judge(String... parameters) {
        return image().with(secrets()).judge("secret_scans", TRIGGER, parameters);
    }

    private static List<String> ids(Verdict verdict) {
        return verdict.results().stream()
                .map(RuleResult::stableId)
                .map(id -> id.replace("secret_scans:content_regex_checks:", ""))
                .toList();
    }

    @Test
    void eachSecretIsAResultHoweverManyLinesHoldIt() {
        assertThat(ids(judge()))
                .containsExactlyInAnyOrder(
                        "aws-access-key-id:/root/.aws/credentials:aa0000000000",
                        "aws-access-key-id:/root/.aws/credentials:bb0000000000",
                        "npm-token:config:env:cc0000000000",
                        "private-key-rsa:/etc/ssl/key.pem:dd0000000000");
        assertThat(judge("content_regex_name=npm-token").results())
                .extracting(RuleResult::message)
                .containsExactly(
                        "The image's configuration holds a secret: npm access token (abc\u2026) in its environment, entry 3");
        assertThat(judge("content_regex_name=aws-access-key-id").results())
                .extracting(RuleResult::message)
                .containsExactly(
                        "/root/.aws/credentials holds a secret: AWS access key (abc\u2026) in lines 2 and 9",
                        "/root/.aws/credentials holds a secret: AWS access key (abc\u2026) in line 11");
    }

    @Test
    void theMessageForTheIdIsAnchoresWithTheNameOfOurRule() {
        assertThat(judge("content_regex_name=private-key-rsa").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.frozenMessage())
                            .isEqualTo("Secret content search analyzer found regexp match in container:"
                                    + " file=/etc/ssl/key.pem regexp=private-key-rsa");
                    assertThat(result.places())
                            .extracting(place -> place.path())
                            .containsExactly("etc/ssl/key.pem");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_ACCESS_KEY, 2",
        "aws_access_key, 2",
        "AWS_SECRET_KEY, 0",
        "PRIV_KEY, 1",
        "DOCKER_AUTH, 0",
        "API_KEY, 0",
        "npm-token, 1",
        "NPM-TOKEN, 1",
    })
    void anchoresNamesStandForRulesOfTheKind(String name, int found) {
        assertThat(judge("content_regex_name=" + name).results()).hasSize(found);
    }

    @Test
    void everyNameOfAnchoresStandsForSomething() {
        assertThat(SecretNames.ofEngine())
                .containsExactly("API_KEY", "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "DOCKER_AUTH", "PRIV_KEY")
                .allSatisfy(name -> assertThat(SecretNames.rules(name)).isNotEmpty());
        assertThat(SecretNames.rules("API_KEY"))
                .contains("generic-secret", "openai-key")
                .doesNotContain("npm-token");
    }

    @Test
    void aNameThatNobodyKnowsIsAnError() {
        assertThat(BundleText.of()
                        .rule("STOP", "secret_scans", TRIGGER, "content_regex_name=KEY")
                        .reading(false)
                        .errors())
                .extracting(BundleProblem::toString)
                .singleElement()
                .asString()
                .startsWith("/rule_sets/0/rules/0/params/0/value: the parameter 'content_regex_name' names no rule of"
                        + " secrets");
    }

    @Test
    void filesAreChosenByTheBeginningOfTheirPath() {
        assertThat(ids(judge("filename_regex=/etc/.*")))
                .containsExactly("private-key-rsa:/etc/ssl/key.pem:dd0000000000");
        assertThat(ids(judge("filename_regex=config:"))).containsExactly("npm-token:config:env:cc0000000000");
        assertThat(ids(judge("filename_regex=etc"))).isEmpty();
    }

    @Test
    void deletedFilesCountWhereTheRuleSaysSo() {
        assertThat(judge("deleted_files=true", "filename_regex=/old").results())
                .extracting(RuleResult::message)
                .containsExactly(
                        "/old/key.pem holds a secret: RSA private key (abc\u2026) in line 1; a later layer deletes or"
                                + " replaces the file, and layer 1 still holds it");
    }

    @Test
    void notfoundFiresOnceWhereNothingIsThere() {
        var verdict = judge("match_type=notfound", "content_regex_name=AWS_SECRET_KEY", "filename_regex=/etc/.*");

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.frozenMessage())
                    .isEqualTo("Secret content search analyzer did not find regexp match in container:"
                            + " filename_regex=/etc/.* content_regex_name=AWS_SECRET_KEY");
            assertThat(result.stableId()).isEqualTo("secret_scans:content_regex_checks:notfound:AWS_SECRET_KEY");
        });
        assertThat(judge("match_type=notfound", "content_regex_name=PRIV_KEY").decision())
                .isEqualTo(Decision.PASS);
        assertThat(image().with(nothing().secrets())
                        .judge("secret_scans", TRIGGER, "match_type=notfound")
                        .results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly(
                        "Secret content search analyzer did not find regexp match in container: filename_regex=*"
                                + " content_regex_name=all");
    }

    @Test
    void whatNobodyLookedForIsUnknownAndARunLooksForIt() {
        assertThat(image().judge("secret_scans", TRIGGER).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody looked for secrets: the image was looked into without --secrets");
        assertThat(image().toldByDocument().judge("secret_scans", TRIGGER).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "nobody looked for secrets: the document (SPDX 2.3 JSON) does not tell; look into the image"
                                + " itself, with --secrets");
        assertThat(BundleText.of()
                        .rule("STOP", "secret_scans", TRIGGER)
                        .bundle(false)
                        .needs()
                        .secrets())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"found", "notfound"})
    void aFileThatWasNotSearchedInFullIsUnknown(String type) {
        var half = image().with(nothing().secrets())
                .unread("var/log/x", "", "secrets were looked for in its first 10 bytes (--max-secret-file-bytes)")
                .unread("other", "", "is no zip");

        assertThat(half.judge("secret_scans", TRIGGER, "match_type=" + type).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "secrets were not looked for everywhere: /var/log/x, secrets were looked for in its first"
                                + " 10 bytes (--max-secret-file-bytes)");
    }

    @Test
    void anAllowlistNamesOneSecretOrAllOfARuleInAFile() {
        var bundle = BundleText.of().rule("STOP", "secret_scans", TRIGGER, "content_regex_name=AWS_ACCESS_KEY");
        var all = "secret_scans:content_regex_checks:aws-access-key-id:/root/.aws/credentials";

        assertThat(image().with(secrets())
                        .judge(bundle.item("secret_scans", all + ":aa0000000000"))
                        .results())
                .extracting(result -> result.allowlisted().isPresent())
                .containsExactlyInAnyOrder(true, false);
        assertThat(image().with(secrets())
                        .judge(bundle.item("secret_scans", all))
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void itemsThatHashAnchoresPatternsAreKnown() {
        var notFound = FrozenId.of("secret_scans", TRIGGER, SecretNames.notFoundMessage("", "PRIV_KEY"));
        var rules = List.of(Map.entry("", "PRIV_KEY"));

        assertThat(SecretNames.hashesAnchoresPattern("secret_scans", "0".repeat(32), rules))
                .isTrue();
        assertThat(SecretNames.hashesAnchoresPattern("secret_scans", notFound, rules))
                .isFalse();
        assertThat(SecretNames.hashesAnchoresPattern("secret_scans", notFound, List.of()))
                .isTrue();
        assertThat(SecretNames.hashesAnchoresPattern("secret_scans", "secret_scans:content_regex_checks:x", rules))
                .isFalse();
        assertThat(SecretNames.hashesAnchoresPattern("files", "0".repeat(32), rules))
                .isFalse();
    }
}
