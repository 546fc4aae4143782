package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check --baseline`, from end to end: what is new alone stops it.
final class BaselineCommandTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void aBundleThatStopsOnWhatIsNew() throws IOException {
        policy = Files.writeString(folder.resolve("policy.json"), """
                {"id": "b", "name": "B", "version": "2", "plimsoll": {"new_only": true},
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "v", "gate": "vulnerabilities", "trigger": "package", "action": "STOP",
                     "params": [{"name": "package_type", "value": "all"}]}]}],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": []}]}
                """).toString();
    }

    private Run check(String... more) {
        var arguments = new ArrayList<String>(List.of(
                "check", STOREFRONT, "--policy", policy, "--advisories", ADVISORIES, "--at", "2026-06-01T00:00:00Z"));
        arguments.addAll(List.of(more));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    @Test
    void withoutABaselineEverythingCountsAndTheOutputSaysSo() {
        var outcome = check();

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).contains("no-baseline", "--baseline");
    }

    @Test
    void aFormerResultIsABaseline() {
        var former = folder.resolve("former.json").toString();
        assertThat(check("-o", "json=" + former).code()).isEqualTo(2);

        var outcome = check("--baseline", former);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("KNOWN BEFORE", "SINCE BASELINE: 0 new");
    }

    @Test
    void anotherImageIsABaseline() {
        var outcome = check("--baseline", STOREFRONT);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("SINCE BASELINE: 0 new");
    }

    @Test
    void whatDoesNotComeWithTheBaseIsNew() {
        var outcome = check("--baseline", "base");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).contains("new   ");
    }

    @Test
    void aBaselineThatIsNotThereIsAClearError() {
        var outcome = check("--baseline", folder.resolve("nothing.tar").toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing.tar");
    }
}
