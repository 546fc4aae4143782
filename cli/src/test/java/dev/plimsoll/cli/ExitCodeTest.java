package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Exit codes with their precedence 1, 3, 2, 4, 0, where a STOP that fired stays a 2: every combination of what may
/// come together in one run.
final class ExitCodeTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsThePrecedenceInEveryCombination(boolean strict) throws IOException {
        Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=facts.json");
        var wrong = new ArrayList<String>();
        for (int mask = 0; mask < 32; mask++) {
            var stopFires = (mask & 1) != 0;
            var warnFires = (mask & 2) != 0;
            var stopUnjudged = (mask & 4) != 0;
            var warnUnjudged = (mask & 8) != 0;
            var dataMissing = (mask & 16) != 0;
            var rules = new ArrayList<String>();
            if (stopFires) {
                rules.add(rule("always", "always", "STOP", ""));
            }
            if (warnFires) {
                rules.add(rule("always", "always", "WARN", ""));
            }
            if (stopUnjudged) {
                rules.add(digestRule("STOP"));
            }
            if (warnUnjudged) {
                rules.add(digestRule("WARN"));
            }
            if (dataMissing) {
                rules.add(rule("vulnerabilities", "package", "WARN", "{\"name\":\"package_type\",\"value\":\"all\"}"));
            }
            var arguments = new ArrayList<>(List.of("check", "inventory:facts.json", "--policy", bundle(rules)));
            if (strict) {
                arguments.add("--strict");
            }

            var expected = stopFires || (strict && warnFires)
                    ? 2
                    : stopUnjudged || (strict && warnUnjudged) ? 3 : dataMissing ? 4 : 0;
            var run = Run.of(folder, arguments.toArray(String[]::new));
            if (run.code() != expected) {
                wrong.add(rules + " strict " + strict + ": " + run.code() + " instead of " + expected);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void isAnErrorWhateverTheVerdictWhereTheResultCannotBeWritten() throws IOException {
        var policy = bundle(List.of(rule("always", "always", "STOP", "")));

        assertThat(Run.of(folder, "check", STOREFRONT, "--policy", policy, "-o", "json=/dev/full")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void isNoVerdictWhereTheImageCannotBeRead() throws IOException {
        var policy = bundle(List.of(rule("always", "always", "STOP", "")));
        Files.writeString(folder.resolve("broken.tar"), "no tar");

        assertThat(Run.of(folder, "check", "broken.tar", "--policy", policy).code())
                .isEqualTo(3);
        assertThat(Run.of(folder, "vulns", "broken.tar").code()).isEqualTo(1);
        assertThat(Run.of(folder, "check", "absent.tar", "--policy", policy).code())
                .isEqualTo(1);
        assertThat(Run.of(folder, "check", "inventory:absent.json", "--policy", policy)
                        .code())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"stop,3", "go,0"})
    void letsTheUserDecideAboutAnImageThatNoMappingCovers(String unmapped, int code) throws IOException {
        var policy = bundle(List.of(rule("always", "always", "STOP", "")), "registry.example");

        assertThat(Run.of(
                                folder,
                                "check",
                                STOREFRONT,
                                "--policy",
                                policy,
                                "--as",
                                "other.example/a:1",
                                "--unmapped",
                                unmapped)
                        .code())
                .isEqualTo(code);
    }

    @Test
    void countsDatabaseAndFoldersTogether() throws IOException {
        var feed = Files.createDirectories(folder.resolve("feeds/slice-ghsa"));
        Files.copy(Path.of(ADVISORIES, "GHSA-35jh-r3h4-6jhm.json"), feed.resolve("a.json"));
        Run.of(folder, "db", "build", "--from", "feeds", "--out", "npm.db", "--at", "2026-11-23");
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/OWN-1.json"), """
                {"id":"OWN-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"zlib"},
                 "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
                """);

        assertThat(Run.of(folder, "vulns", STOREFRONT, "--db", "npm.db").code())
                .as("the release has no records")
                .isEqualTo(4);
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", "own").code())
                .as("npm has no records")
                .isEqualTo(4);
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--db", "npm.db", "--advisories", "own")
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"negligible,2", "high,2", "critical,2", "unknown,2"})
    void failsAListingOnlyByTheSeverityThatIsNamed(String severity, int code) {
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, "--fail-on", severity)
                        .code())
                .isEqualTo(code);
    }

    @Test
    void doesNotFailAListingBelowTheSeverityThatIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("own"));
        Files.copy(Path.of(ADVISORIES, "GHSA-35jh-r3h4-6jhm.json"), folder.resolve("own/a.json"));

        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", "own", "--fail-on", "high")
                        .code())
                .as("what was found counts more than what is missing")
                .isEqualTo(2);
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", "own", "--fail-on", "critical")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void asksMappingsForNoNameWhereALayoutNamesOnlyATag() throws IOException {
        var layout = new TestImage()
                .layer(new TestTar().file("etc/x", 0644, new byte[0]))
                .writeOciLayout(Files.createDirectories(folder.resolve("layout")));
        var policy = bundle(List.of(rule("always", "always", "WARN", "")), "docker.io");

        var run = Run.of(folder, "check", "oci-layout:" + layout, "--policy", policy);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("No mapping of the bundle covers the image *");
    }

    private static String rule(String gate, String trigger, String action, String parameters) {
        return "{\"id\":\"%s\",\"gate\":\"%s\",\"trigger\":\"%s\",\"action\":\"%s\",\"params\":[%s]}"
                .formatted(gate + "-" + action, gate, trigger, action, parameters);
    }

    /// Cannot be judged by an inventory that was written without this digest.
    private static String digestRule(String action) {
        return rule(
                "files",
                "attribute_match",
                action,
                "{\"name\":\"filename\",\"value\":\"/etc/passwd\"},{\"name\":\"checksum_algorithm\",\"value\":\"sha256\"},"
                        + "{\"name\":\"checksum\",\"value\":\"" + "0".repeat(64) + "\"}");
    }

    private String bundle(List<String> rules) throws IOException {
        return bundle(rules, "*");
    }

    private String bundle(List<String> rules, String registry) throws IOException {
        var numbered = new ArrayList<String>();
        rules.forEach(rule -> numbered.add(rule.replaceFirst("\"id\":\"", "\"id\":\"" + numbered.size() + "-")));
        Files.writeString(folder.resolve("bundle.json"), """
                {"id":"b","name":"b","version":"1_0","whitelists":[],"whitelisted_images":[],"blacklisted_images":[],
                 "policies":[{"id":"p","name":"p","version":"1_0","rules":[%s]}],
                 "mappings":[{"id":"m","name":"m","registry":"%s","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":[]}]}
                """.formatted(String.join(",", numbered), registry));
        return "bundle.json";
    }
}
