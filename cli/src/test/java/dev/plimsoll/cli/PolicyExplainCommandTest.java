package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plimsoll policy explain` of the example's result.
final class PolicyExplainCommandTest {

    private static final String POLICY = Run.EXAMPLES.resolve("policy.json").toString();

    @TempDir
    private Path folder;

    @BeforeEach
    void check() {
        var run = Run.of(
                folder,
                "check",
                Run.EXAMPLES.resolve("storefront.tar").toString(),
                "--policy",
                POLICY,
                "--advisories",
                Run.EXAMPLES.resolve("advisories").toString(),
                "-o",
                "json=r.json");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void saysOfEachRuleWhatItAskedAndFoundAndWhatWouldClearIt() {
        var run = Run.of(folder, "policy", "explain", "r.json", "--policy", POLICY);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("registry.example/shop/storefront:1.4: FAIL (stop)\n  8 results stop it, 3 warn")
                .contains("""
                        STOP  no-ssh-port (dockerfile/exposed_ports), rule set baseline
                          asks    Fires for each exposed port that is denied, or is not among those
                                  allowed.
                                  ports = 22
                                  type = denylist
                          found   one result
                                  - The port 22/tcp is exposed and denied
                          clears  Take port 22 out of EXPOSE.
                        """)
                .contains("clears  Upgrade express 4.18.2 to 4.19.2")
                .contains("allowlisted by accepted, item minimist-until-summer")
                .contains("GO in place of WARN")
                .contains("and 1 more; --rule fixable-high shows all")
                .contains("a part of it changes at\n  2030-06-30T00:00:00Z")
                .contains("DEPENDS ON", "  bundle\n    sha256:", "analyzers in their versions");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void saysOfOneRuleAll() {
        var run = Run.of(folder, "policy", "explain", "r.json", "--rule", "fixable-high");

        assertThat(run.out())
                .contains("found   6 results", "CVE-2023-5363 (high) in openssl")
                .doesNotContain("no-ssh-port", "DEPENDS ON", "severity = high");
        assertThat(Run.of(folder, "policy", "explain", "r.json", "--rule", "fixable-hgh")
                        .err())
                .contains("tells nothing of a rule 'fixable-hgh'", "did you mean fixable-high");
    }

    @Test
    void saysWhatCouldNotBeJudgedAndWhatWouldTell() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), """
                id: b
                name: b
                version: "2"
                rule_sets:
                  - { id: set, name: set, version: "2", rules: [{ id: scan, gate: malware, trigger: scans, action: STOP, params: [] }] }
                mappings:
                  - { id: m, name: m, registry: "*", repository: "*", image: { type: tag, value: "*" }, rule_set_ids: [set] }
                """);
        var check = Run.of(
                folder,
                "check",
                Run.EXAMPLES.resolve("storefront.tar").toString(),
                "--policy",
                "m.yaml",
                "-o",
                "json=m.json");
        assertThat(check.code()).isEqualTo(3);

        assertThat(Run.of(folder, "policy", "explain", "m.json").out())
                .contains(
                        "NOT JUDGED  scan (malware/scans), rule set set",
                        "--malware",
                        "STOP: without an answer there is no pass");
    }

    @Test
    void saysThatAnotherBundleJudged() throws IOException {
        Files.writeString(
                folder.resolve("other.json"), Files.readString(Path.of(POLICY)).replace("\"high\"", "\"low\""));

        assertThat(Run.of(folder, "policy", "explain", "r.json", "--policy", "other.json")
                        .err())
                .contains("is not the one that judged, or another version of it");
    }

    @Test
    void tellsOfTreatmentsAndTime() throws IOException {
        Files.writeString(folder.resolve("t.json"), """
                {"verdict":{"decision":"pass","finalAction":"warn","reason":"policy_evaluation","explanation":"x","imageName":"i","bundle":{"id":"b"},
                 "results":[
                  {"ruleSet":"s","rule":"r","gate":"always","trigger":"always","action":"go","demanded":"stop","id":"1","message":"one",
                   "waived":{"waiver":"w","reason":"accepted-risk","until":"2027-01-01T00:00:00Z","owner":"me"}},
                  {"ruleSet":"s","rule":"r","gate":"always","trigger":"always","action":"warn","demanded":"stop","id":"2","message":"two",
                   "knownBefore":{"cause":"known","action":"stop"}},
                  {"ruleSet":"s","rule":"r","gate":"always","trigger":"always","action":"warn","demanded":"stop","id":"3","message":"three",
                   "grace":{"due":"2026-12-01T00:00:00Z","from":"fix","overdue":false}},
                  {"ruleSet":"s","rule":"r","gate":"always","trigger":"always","action":"stop","demanded":"stop","id":"4","message":"\\u001b[31mfour",
                   "grace":{"due":"2026-10-01T00:00:00Z","from":"fix","overdue":true}}],
                 "lease":{"until":"2026-12-01T00:00:00Z","then":"fail","why":"time ends"}}}
                """);

        var run = Run.of(folder, "policy", "explain", "t.json");

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "waived by w (accepted-risk) until 2027-01-01T00:00:00Z, me: GO in place of STOP",
                        "known before (known): WARN in place of STOP",
                        "in time until 2026-12-01T00:00:00Z (counted from fix): WARN in place of STOP",
                        "overdue since 2026-10-01T00:00:00Z (counted from fix)",
                        "It holds until 2026-12-01T00:00:00Z, if nothing but time changes; then FAIL: time ends");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        Files.writeString(folder.resolve("x.json"), "{\"verdict\":1}");

        assertThat(Run.of(folder, "policy", "explain", "x.json"))
                .satisfies(run -> assertThat(run.code()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err()).contains("x.json is no result of `plimsoll check -o json`"));
        assertThat(Run.of(folder, "policy", "explain", "none.json").err())
                .contains("there is no file of a result none.json");
    }
}
