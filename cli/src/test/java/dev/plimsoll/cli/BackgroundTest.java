package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rules are told beside the image: `--previous`, `--ancestors`, `--stig`.
final class BackgroundTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    private static String rule(String gate, String trigger, String... parameters) {
        var params = Stream.of(parameters)
                .map(text -> text.split("=", 2))
                .map(parts -> "{\"name\":\"" + parts[0] + "\",\"value\":\"" + parts[1] + "\"}")
                .toList();
        return "{\"id\":\"" + trigger + "\",\"gate\":\"" + gate + "\",\"trigger\":\"" + trigger
                + "\",\"action\":\"STOP\",\"params\":[" + String.join(",", params) + "]}";
    }

    /// Judges the example by one rule, as of a day.
    private Run check(String day, String rule, String... more) throws IOException {
        Files.writeString(
                folder.resolve("policy.json"),
                "{\"id\":\"b\",\"name\":\"n\",\"version\":\"2\",\"rule_sets\":[{\"id\":\"s\",\"name\":\"s\",\"version\":\"2\","
                        + "\"rules\":[" + rule + "]}],\"mappings\":[{\"id\":\"m\",\"name\":\"m\",\"registry\":\"*\","
                        + "\"repository\":\"*\",\"image\":{\"type\":\"tag\",\"value\":\"*\"},\"rule_set_ids\":[\"s\"],"
                        + "\"allowlist_ids\":[]}]}");
        var arguments = Stream.concat(
                        Stream.of(
                                "check",
                                STOREFRONT,
                                "--policy",
                                "policy.json",
                                "--advisories",
                                ADVISORIES,
                                "--at",
                                day,
                                "-o",
                                "table",
                                "-o",
                                "json=" + day + ".json"),
                        Stream.of(more))
                .toArray(String[]::new);
        return Run.of(folder, arguments);
    }

    private List<String> firstSeen(String file) throws IOException {
        return result(file).objects("findings").stream()
                .map(finding -> finding.string("firstSeen").orElseThrow())
                .distinct()
                .toList();
    }

    private JsonObject result(String file) throws IOException, JsonException {
        return (JsonObject) JsonReader.read(Files.readAllBytes(folder.resolve(file)), JsonLimits.FOREIGN);
    }

    @Test
    void countsTheAgeOfAVulnerabilityFromRunToRun() throws IOException {
        var rule = rule("vulnerabilities", "package", "package_type=all", "max_days_since_creation=7");

        var first = check("2026-06-01", rule);
        assertThat(first.code()).isEqualTo(3);
        assertThat(first.out()).contains("give the result of the run before with", "--previous");

        var second = check("2026-06-04", rule, "--previous", "2026-06-01.json");
        assertThat(second.code()).isZero();
        assertThat(firstSeen("2026-06-04.json")).containsExactly("2026-06-01T00:00:00Z");

        var third = check("2026-06-08", rule, "--previous", "2026-06-04.json");
        assertThat(third.code()).isEqualTo(2);
        assertThat(result("2026-06-08.json").object("verdict").objects("inputs"))
                .extracting(input -> input.string("name").orElseThrow())
                .contains("background-previous");
    }

    @Test
    void vulnsCarriesItOnToo() throws IOException {
        var first = Run.of(
                folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, "--at", "2026-06-01", "-o", "json=a.json");
        var second = Run.of(
                folder,
                "vulns",
                STOREFRONT,
                "--advisories",
                ADVISORIES,
                "--at",
                "2026-06-09",
                "--previous",
                "a.json",
                "-o",
                "json=b.json");

        assertThat(List.of(first.code(), second.code())).containsOnly(0);
        assertThat(firstSeen("b.json")).isEqualTo(firstSeen("a.json")).containsExactly("2026-06-01T00:00:00Z");
        assertThat(result("b.json").string("evaluatedAt")).contains("2026-06-09T00:00:00Z");
    }

    @Test
    void comparesWithWhatTheTagHadBefore() throws IOException {
        var rule = rule("tag_drift", "packages_removed", "package_type=npm");
        assertThat(check("2026-06-01", rule).code()).isEqualTo(3);
        assertThat(check("2026-06-02", rule, "--previous", "2026-06-01.json").code())
                .isZero();

        var before = folder.resolve("2026-06-01.json");
        Files.writeString(before, Files.readString(before).replace("\"name\": \"lodash\"", "\"name\": \"underscore\""));
        var drifted = check("2026-06-02", rule, "--previous", "2026-06-01.json");
        assertThat(drifted.code()).isEqualTo(2);
        assertThat(drifted.out()).contains("underscore", "was in the image before and is gone");
        var other = check("2026-06-02", rule, "--previous", "2026-06-01.json", "--as", "registry.example/shop/web:9");
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.out()).contains("not of the tag");
    }

    @Test
    void saysWhenTheFormerResultIsOfSomethingElse() throws IOException {
        var rule = rule("always", "always");
        check("2026-06-02", rule);

        assertThat(check("2026-06-03", rule, "--previous", "2026-06-02.json").err())
                .isEmpty();
        assertThat(check("2026-06-03", rule, "--previous", "2026-06-02.json", "--as", "other.example/x:1")
                        .err())
                .isEqualTo(
                        "plimsoll: note: the former result (--previous) is of registry.example/shop/storefront:1.4, and"
                                + " this image is other.example/x:1\n");
        assertThat(check("2026-06-01", rule, "--previous", "2026-06-02.json").err())
                .isEqualTo("plimsoll: note: the former result (--previous) is of 2026-06-02T00:00:00Z, after"
                        + " 2026-06-01T00:00:00Z, as of which is judged\n");
    }

    @Test
    void knowsTheBaseByItsLayers() throws IOException {
        assertThat(Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=image.json")
                        .code())
                .isZero();
        var layers = result("image.json").object("image").objects("layers");
        var lowest = layers.getFirst().string("diffId").orElseThrow();
        Files.writeString(
                folder.resolve("bases.yaml"),
                "images:\n  - name: docker.io/library/debian:12\n    diffIds: [ '" + lowest + "' ]\n");
        assertThat(layers).hasSizeGreaterThan(1);

        var allowed = rule("ancestry", "allowed_base_image_tag", "base_tag=debian:12");
        assertThat(check("2026-06-01", allowed).code()).isEqualTo(3);
        assertThat(check("2026-06-01", allowed, "--ancestors", "bases.yaml").code())
                .isZero();
        assertThat(check(
                                "2026-06-01",
                                rule("ancestry", "denylist_ancestor_image_tag", "ancestor_tag=debian:*"),
                                "--ancestors",
                                "bases.yaml")
                        .code())
                .isEqualTo(2);
        assertThat(result("2026-06-01.json").object("verdict").objects("inputs"))
                .extracting(input -> input.string("name").orElseThrow())
                .contains("background-ancestors");
    }

    @Test
    void readsEvaluationsOfGuides() throws IOException {
        Files.writeString(folder.resolve("hdf.json"), """
                {"profiles": [{"name": "ours", "controls": [{"id": "V-1", "impact": 0.7, "results": [
                  {"status": "failed", "code_desc": "a", "start_time": "2026-05-20T00:00:00Z"}]}]}]}
                """);
        Files.writeString(folder.resolve("xccdf.xml"), """
                <TestResult xmlns="http://checklists.nist.gov/xccdf/1.2" end-time="2026-05-30T00:00:00Z">
                  <profile idref="theirs"/><rule-result idref="R-1"><result>pass</result></rule-result></TestResult>
                """);
        var outdated = rule("stig", "stig_evaluations_outdated", "max_days_since_stig_evaluation=7");

        assertThat(check("2026-06-01", rule("stig", "no_stig_evaluations_available"))
                        .code())
                .isEqualTo(2);
        assertThat(check("2026-06-01", outdated, "--stig", "hdf.json").code()).isEqualTo(2);
        assertThat(check("2026-06-01", outdated, "--stig", "hdf.json", "--stig", "xccdf.xml")
                        .code())
                .isZero();
        var failed = check("2026-06-01", rule("stig", "control_failed"), "--stig", "hdf.json", "--stig", "xccdf.xml");
        assertThat(failed.code()).isEqualTo(2);
        assertThat(failed.out())
                .contains("The control V-1 (high) of ours failed")
                .doesNotContain("R-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--previous  | nowhere.json | --previous: cannot read FILE: there is no such file or folder",
                "--previous  | .            | is a folder, not a file",
                "--previous  | facts.json   | --previous: cannot read FILE: at /schema: it is an inventory, which says nothing of findings; judge it first",
                "--previous  | broken.json  | --previous: cannot read FILE: not JSON at line 1",
                "--stig      | nowhere.json | --stig: cannot read FILE: there is no such file or folder",
                "--stig      | facts.json   | --stig: cannot read FILE: it is JSON, and no HDF",
                "--stig      | broken.xml   | --stig: cannot read FILE: it is no well-formed XML at line",
                "--ancestors | broken.json  | cannot read the known images of FILE",
            })
    void saysWhatIsWrongWithAFile(String option, String file, String expected) throws IOException {
        assertThat(Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=facts.json")
                        .code())
                .isZero();
        Files.writeString(folder.resolve("broken.json"), "{\"a\": ");
        Files.writeString(folder.resolve("broken.xml"), "<a>");

        var run = check("2026-06-01", rule("always", "always"), option, file);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(expected.replace("FILE", folder.resolve(file).toString()))
                .doesNotContain("Exception");
    }
}
