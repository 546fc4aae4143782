package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.BundleReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rules and bundles say beyond Anchore's formats, and when time alone changes a verdict.
class RuleExtensionsTest {

    /// The digest of a file was not collected, so nobody can judge the rule.
    private static String bundle(String ofRule, String ofBundle) {
        return """
                {"id": "b", "name": "B", "version": "2",%s
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "r", "gate": "files", "trigger": "name_match", "action": "STOP",%s
                     "params": [{"name": "regex", "value": "x"}]}]}],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": []}]}
                """.formatted(ofBundle, ofRule);
    }

    private static Verdict judge(String json) {
        return image().withoutFiles().judge(Fixture.read(json));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', UNKNOWN, STOP",
        "warn, '', PASS, WARN",
        "GO, '', PASS, GO",
        "'', warn, PASS, WARN",
        "stop, warn, UNKNOWN, STOP",
    })
    void aFactThatIsNotKnownDemandsWhatTheRuleOrTheBundleNames(
            String ofRule, String ofBundle, Decision decision, Action action) {
        var verdict = judge(bundle(extension(ofRule), extension(ofBundle)));

        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.unjudged())
                .singleElement()
                .satisfies(rule -> assertThat(rule.action()).isEqualTo(action));
    }

    private static String extension(String word) {
        return word.isEmpty() ? "" : " \"plimsoll\": {\"unknown_action\": \"" + word + "\"},";
    }

    @Test
    void aMistypedExtensionIsAnErrorThatNamesItsPlace() {
        var reading = BundleReader.read("b.json", bundle(extension("stopp"), "").getBytes(StandardCharsets.UTF_8));

        assertThat(reading.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("/rule_sets/0/rules/0/plimsoll/unknown_action", "'stopp'", "STOP"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T00:00:00Z, 2026-06-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "2026-07-01T00:00:00Z, 2026-07-01T00:00:00Z, ''",
        "'', 2026-06-01T00:00:00Z, ''",
    })
    void theNextChangeIsWhenAnAllowlistItemThatSilencedSomethingExpires(String expires, String now, String change) {
        var json = """
                {"id": "b", "name": "B", "version": "2",
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "r", "gate": "always", "trigger": "always", "action": "STOP", "params": []}]}],
                 "allowlists": [{"id": "l", "name": "L", "version": "2", "items": [
                    {"id": "other", "gate": "files", "trigger_id": "always", "expires_on": "2026-06-02T00:00:00Z"},
                    {"id": "i", "gate": "always", "trigger_id": "always"%s}]}],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": ["l"]}]}
                """.formatted(expires.isEmpty() ? "" : ", \"expires_on\": \"" + expires + "\"");

        assertThat(image().at(now).judge(Fixture.read(json)).change())
                .isEqualTo(
                        change.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new NextChange(Instant.parse(change), "the allowlist item i expires")));
    }
}
