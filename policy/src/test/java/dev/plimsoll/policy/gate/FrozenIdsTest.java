package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Users' allowlists hold the MD5 of gate, older name of the trigger and Anchore's message. The ids here were computed
/// with
/// Python's hashlib from Anchore's messages, apart from this code: one changed letter of a message breaks an allowlist.
final class FrozenIdsTest {

    private static final String SUM = "0123456789abcdef".repeat(4);

    /// Gate, trigger in format 2, trigger in format 1_0, parameters between commas, id.
    static Stream<Arguments> rules() {
        return Stream.of(
                row("dockerfile/instruction", "instruction=FROM;check=exists", "1dd29118dac340256523bff46db85451"),
                row(
                        "dockerfile/instruction",
                        "instruction=FROM;check=like;value=scr.*",
                        "4ed7a82c6df2620fe273ed9e768b884d"),
                row(
                        "dockerfile/instruction",
                        "instruction=HEALTHCHECK;check=not_exists",
                        // The one that Anchore's documentation prints.
                        "41cb7cdf04850e33a11f80c42bf660b3"),
                row("dockerfile/effective_user", "users=app;type=allowlist", "b2605c2ddbdb02b8e2365c9248dada5a"),
                row("dockerfile/effective_user", "users=root;type=denylist", "cbff271f45d32e78dcc1979dbca9c14d"),
                row("dockerfile/exposed_ports", "ports=22;type=denylist", "cc05c35507995b4a657b63f9b0baa281"),
                row("dockerfile/exposed_ports", "ports=80;type=allowlist", "fb31dbd016fc37adbe36afe3ca4efa17"),
                row("files/name_match", "regex=.*passwd", "64fd3465144979006c9060b7560ce07c"),
                row("files/suid_or_guid_set", "", "91192388289daa4ffb2844ac9fbd709f"),
                row(
                        "files/attribute_match",
                        "filename=/etc/passwd;checksum=" + SUM + ";mode=00600;mode_op=not_equals",
                        "4f1f0b57322800b4887882e01e62b796"),
                row(
                        "files/attribute_match",
                        "filename=/nowhere;skip_missing=false",
                        "81edb8c360a337ba5c981dc767d73e3f"),
                row("packages/denylist/blacklist", "name=curl", "5f21bab88b395802f09956562717ff63"),
                row("packages/denylist/blacklist", "name=curl;version=7.88.1", "9ef2b9e45116215e6dc1cc1c196e8bf6"),
                row("packages/required_package", "name=wget", "8b8b51ff52c48beef1a70f2f1ed763df"),
                row("packages/required_package", "name=wget;version=1.2", "4a235386880be255f052ade7412ea0f0"),
                row("packages/required_package", "name=curl;version=8.0", "f664738956b3f91a21180cff88bc677c"),
                row(
                        "packages/required_package",
                        "name=curl;version=8.0;version_match_type=minimum",
                        "d54e7b84a27325c47abcda02f97073c6"),
                row("metadata/attribute", "attribute=distro;check==;value=debian", "928b8f0784891909924a08e7891beb35"),
                row("metadata/attribute", "attribute=size;check=>;value=1kb", "7135c3c92f3c7a84c169fc7087c63caf"),
                row("vulnerabilities/stale_feed_data", "max_days_since_sync=2", "deb3f1afb4ea0ddf587e6c62c341c6fa"),
                row("vulnerabilities/vulnerability_data_unavailable", "", "a1ec0eba715afecbc0815f41cd3e73c8"),
                row(
                        "vulnerabilities/denylist/blacklist",
                        "vulnerability_ids=CVE-1,CVE-2",
                        "fb920ee3e4d06115ac641dcd50ea2d5e"));
    }

    private static Arguments row(String names, String parameters, String id) {
        var parts = names.split("/", -1);
        return Arguments.of(parts[0], parts[1], parts[parts.length - 1], parameters, id);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsAnchoresId(String gate, String trigger, String olderTrigger, String parameters, String id) {
        var given = parameters.isEmpty() ? new String[0] : parameters.split(";", -1);
        for (var name : new String[] {trigger, olderTrigger, olderTrigger.toUpperCase(java.util.Locale.ROOT)}) {
            assertThat(subject().judge(gate, name, given).results())
                    .as(name)
                    .extracting(RuleResult::triggerId)
                    .containsExactly(id);
        }
        assertThat(subject()
                        .judge(inOlderFormat(gate, olderTrigger, given, "x"))
                        .results())
                .as("in format 1_0")
                .extracting(RuleResult::triggerId)
                .containsExactly(id);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void anAllowlistOfTheOlderFormatSilencesById(
            String gate, String trigger, String olderTrigger, String parameters, String id) {
        var given = parameters.isEmpty() ? new String[0] : parameters.split(";", -1);

        assertThat(subject()
                        .judge(inOlderFormat(gate, olderTrigger, given, "x"))
                        .decision())
                .as(trigger)
                .isIn(Decision.FAIL);
        assertThat(subject().judge(inOlderFormat(gate, olderTrigger, given, id)).results())
                .extracting(result -> result.allowlisted().isPresent())
                .containsExactly(true);
    }

    @Test
    void theIdWithoutADockerfile() {
        assertThat(image().judge("dockerfile", "no_dockerfile_provided").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("b00b22232c1902075263067d2d2b8eea");
    }

    /// The gates whose ids are held here; the others' are held by the tests of their own.
    private static final Set<String> GATES = Set.of("always", "dockerfile", "metadata", "vulnerabilities", "kev");

    @Test
    void everyTriggerWithoutAnIdOfItsOwnIsHere() {
        var held = rules().map(row -> row.get()[0] + "/" + row.get()[1]).collect(Collectors.toCollection(TreeSet::new));
        held.add("dockerfile/no_dockerfile_provided");
        // These give their ids themselves.
        held.add("always/always");
        held.add("vulnerabilities/package");
        held.add("vulnerabilities/kev_list");
        held.add("kev/due_date_passed");

        held.removeIf(name -> !GATES.contains(name.substring(0, name.indexOf('/'))));
        assertThat(held)
                .isEqualTo(Gates.all().stream()
                        .filter(gate -> GATES.contains(gate.name()))
                        .flatMap(gate -> gate.triggers().stream().map(trigger -> gate.name() + "/" + trigger.name()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Fixture subject() {
        return image().dockerfile("FROM scratch\nUSER root\nEXPOSE 22\n")
                .layer(2048)
                .file("etc/passwd", FileEntry.Kind.FILE, 0644, SUM)
                .file("bin/su", 04755)
                .installed(PackageType.DEB, "curl", "7.88.1-10", "var/lib/dpkg/status")
                .covering("debian:12", PackageType.DEB, State.DATA_MISSING)
                .builtAt("2026-05-01T00:00:00Z")
                .hit(finding("CVE-1", Severity.HIGH))
                .hit(finding("CVE-2", Severity.HIGH));
    }

    private static dev.plimsoll.policy.bundle.Bundle inOlderFormat(
            String gate, String trigger, String[] parameters, String allowed) {
        var rule = BundleText.ruleText("r", "STOP", gate, trigger, parameters)
                .replace("\"allowlist\"", "\"whitelist\"")
                .replace("\"denylist\"", "\"blacklist\"");
        return Fixture.read("""
                {"id":"b","version":"1_0","policies":[{"id":"p","version":"1_0","rules":[%s]}],
                 "whitelists":[{"id":"w","version":"1_0","items":[{"id":"i","gate":"%s","trigger_id":"%s"}]}],
                 "mappings":[{"name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":["w"]}]}
                """.formatted(rule, gate, allowed));
    }
}
