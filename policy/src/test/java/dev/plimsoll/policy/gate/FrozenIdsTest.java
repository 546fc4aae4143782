package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.FileDeviation.Kind;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.matching.ProductLifecycle;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.PackageIndex;
import dev.plimsoll.purl.PackageType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
                row("files/content_regex_match", "regex_name=LICENCE", "1471e81fd281d970be2decbacfd5c82b"),
                row("malware/scan_not_run", "", "7feaec55f790ab6b3edba15014b8b5f2"),
                row("packages/verify", "", "fdf75ac65aa509e2b3b8e710ff16e66d"),
                row(
                        "passwd_file/denylist_usernames/blacklist_usernames",
                        "user_names=ftp",
                        "33b538737d9ce278bed3e325238dd0ff"),
                row(
                        "passwd_file/denylist_userids/blacklist_userids",
                        "user_ids=14",
                        "b2a2636d1ee09d67f7b3d0e3bca4323b"),
                row(
                        "passwd_file/denylist_groupids/blacklist_groupids",
                        "group_ids=50",
                        "f1e136caf0679c068628482a71d615d5"),
                row(
                        "passwd_file/denylist_shells/blacklist_shells",
                        "shells=/sbin/nologin",
                        "2c02cd43b4fdd810b7233612a44ca18e"),
                row(
                        "passwd_file/denylist_full_entry/blacklist_full_entry",
                        "entry=ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin",
                        "bfa3ab3cd4dd92762f25631cd4328164"),
                row("retrieved_files/content_not_available", "path=/nowhere", "013ff87ce9b12826800438355925acd3"),
                row("secret_scans/content_regex_checks", "match_type=notfound", "9715fd56c1801e0f2551b7970dcbf032"),
                row("distro/deny", "distro=debian;version=13;check=<", "9732a6238904a30d9a56949ab9978f9c"),
                row("eol/distribution", "", "bb369c295e06f09e2d3a8a2817b14e22"),
                row("eol/runtime", "", "22520ec076635357b280fe2ba8a12d47"),
                row("eol/framework", "", "4e7f2f9a4588aa68d0b95d86377723d5"),
                row(
                        "licenses/denylist_exact_match/blacklist_exact_match",
                        "licenses=WTFPL",
                        "b0961c7eb9645a0371b30072c1ade72b"),
                row(
                        "licenses/denylist_partial_match/blacklist_partial_match",
                        "licenses=TFP",
                        "ad78cdc20deb974bfe7339a61c77efca"),
                row("licenses/expression_denylist", "licenses=WTFPL", "221c7e62e16deb12214114d9875aad46"),
                row("licenses/expression_allowlist", "licenses=MIT", "8883d84725d6206570a6ba6d6908b98d"),
                row("licenses/unknown", "package_type=os", "de2e675e527b1af6b90fc82e4d35d9dd"),
                row("npms/newer_version_in_feed", "", "f4eb5effc4ebc0f289b75f0d5dba37d9"),
                row("npms/unknown_in_feeds", "", "3fe87c5af945f80e8769005507b0a719"),
                row("npms/version_not_in_feeds", "", "fd1fb53917ef0a46d60d62b8167315de"),
                row(
                        "npms/denylisted_name_version/blacklisted_name_version",
                        "name=ghost",
                        "a743bdd06544b1a3bbc3a257c6a1aff0"),
                row("packages/metadata", "name=curl", "4be395a301b22ececd6f6f38a6620471"),
                row("ruby_gems/newer_version_found_in_feed", "", "6b3cf5795fc60880b8112207cee9878d"),
                row("ruby_gems/not_found_in_feed", "", "14bb45365382d86c0cda6fb83ebbb1d7"),
                row("ruby_gems/version_not_found_in_feed", "", "2b64ede2713e1856a1346d0cfa9f3118"),
                row("ruby_gems/denylist/blacklist", "name=rack;version=2.2.9", "cedeeb1a35427bd79e319ab892689b58"),
                row("sbom_quality/minimum_elements", "elements=component-hash", "6c96cf145d0bb839b19cdf184d8c479d"),
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

    @ParameterizedTest
    @CsvSource({"npms, NPM, 65da5d4415b3e7336c752aebfaef4a40", "ruby_gems, GEM, 58d7d6d2d3299c3c10f08a6a8ab95bb4"})
    void theIdWithoutAPackageIndex(String gate, PackageType type, String id) {
        assertThat(image().installed(type, "a", "1")
                        .judge(gate, "feed_data_unavailable")
                        .results())
                .extracting(RuleResult::triggerId)
                .containsExactly(id);
    }

    @Test
    void theIdWithoutAPasswdFile() {
        assertThat(image().judge("passwd_file", "content_not_available").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("a03e8bea98bc473ccb1dc7471b201943");
    }

    @Test
    void everyTriggerWithoutAnIdOfItsOwnIsHere() {
        var held = rules().map(row -> row.get()[0] + "/" + row.get()[1]).collect(Collectors.toCollection(TreeSet::new));
        held.add("dockerfile/no_dockerfile_provided");
        held.add("npms/feed_data_unavailable");
        held.add("ruby_gems/feed_data_unavailable");
        // These give their ids themselves.
        held.add("always/always");
        held.add("vulnerabilities/package");
        held.add("vulnerabilities/kev_list");
        held.add("malware/scans");
        held.add("retrieved_files/content_regex");
        // Needs an image without the file; see below.
        held.add("passwd_file/content_not_available");
        // Anchore has none like these; their ids are ours.
        held.add("malware/engine_age");
        var ours = Set.of("expression", "image_config", "layers", "unknowns", "verification");
        // Gates whose messages only Anchore Enterprise knows, so that ids made of them could not be kept.
        for (var gate : Gates.all()) {
            if (Set.of("ancestry", "image_source_drift", "kev", "stig", "tag_drift")
                    .contains(gate.name())) {
                gate.triggers().forEach(trigger -> held.add(gate.name() + "/" + trigger.name()));
            }
        }

        assertThat(held)
                .isEqualTo(Gates.all().stream()
                        .filter(gate -> !ours.contains(gate.name()))
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
                .with(Collected.nothing()
                        .searched("LICENCE", "[Ll]icence", new ContentMatch("LICENCE", "srv/a.txt", 0, List.of(1)))
                        .account("ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin")
                        .secrets()
                        .retrievedNothing()
                        .verified(new FileDeviation("usr/bin/curl", "pkg:deb/curl@1", Kind.MISSING, false)))
                .licensed(PackageType.NPM, "left-pad", "1.0.0", "WTFPL")
                .licensed(PackageType.NPM, "ghost", "1.0.0", "MIT")
                .licensed(PackageType.GEM, "rack", "2.2.9", "MIT")
                .licensed(PackageType.GEM, "ghost", "1.0.0", "MIT")
                .with(background())
                .living(new Lifecycle("debian", "12", Optional.of(LocalDate.of(2026, 5, 1)), false))
                .product(new ProductLifecycle(
                        Fixture.item(PackageType.GENERIC, "python", "3.8.1"),
                        "python",
                        ProductLifecycle.Kind.RUNTIME,
                        "3.8.1",
                        false,
                        Optional.of(new Lifecycle("python", "3.8", Optional.of(LocalDate.of(2024, 10, 7)), false))))
                .product(new ProductLifecycle(
                        Fixture.item(PackageType.MAVEN, "org.springframework.boot:spring-boot", "2.7.1"),
                        "spring-boot",
                        ProductLifecycle.Kind.FRAMEWORK,
                        "2.7.1",
                        false,
                        Optional.of(
                                new Lifecycle("spring-boot", "2.7", Optional.of(LocalDate.of(2023, 6, 30)), false))))
                .hit(finding("CVE-1", Severity.HIGH))
                .hit(finding("CVE-2", Severity.HIGH));
    }

    private static Background background() {
        var npm = Map.of("left-pad", new PackageIndex.Entry(Optional.of("2.0.0"), Set.of("2.0.0")));
        var gem = Map.of("rack", new PackageIndex.Entry(Optional.of("3.1.8"), Set.of("3.1.8")));
        return Background.none()
                .withPackageIndex(
                        new PackageIndex(Map.of(PackageType.NPM, npm, PackageType.GEM, gem)),
                        new Background.InputFile("package-index", "sha256:" + SUM));
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
