package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckCommandTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String POLICY = Run.EXAMPLES.resolve("policy.json").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    @Test
    void failsTheExampleAndSaysWhy() {
        var run = Run.of(folder, "check", STOREFRONT, "--policy", POLICY, "--advisories", ADVISORIES);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out())
                .startsWith("FAIL  registry.example/shop/storefront:1.4")
                .contains("WHAT TO DO")
                .contains("CVE-2023-5363", "CVE-2021-23337", "CVE-2021-44906")
                .contains("Upgrade openssl to 3.0.11-1~deb12u2")
                .contains("ALLOWLISTED");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void givesTheSameBytesForTheImageAndForItsInventory() throws IOException {
        var made = Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=facts.json");
        assertThat(made.code()).isZero();
        for (var format : new String[] {"table", "json"}) {
            var fromImage =
                    Run.of(folder, "check", STOREFRONT, "--policy", POLICY, "--advisories", ADVISORIES, "-o", format);
            var again =
                    Run.of(folder, "check", STOREFRONT, "--policy", POLICY, "--advisories", ADVISORIES, "-o", format);
            var fromFacts = Run.of(
                    folder,
                    "check",
                    "inventory:facts.json",
                    "--policy",
                    POLICY,
                    "--advisories",
                    ADVISORIES,
                    "-o",
                    format);

            assertThat(again).isEqualTo(fromImage);
            assertThat(fromFacts).isEqualTo(fromImage);
        }
    }

    @Test
    void writesSeveralFormatsAtOnce() {
        var run = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "-o",
                "table",
                "-o",
                "json=result.json");

        assertThat(run.out()).startsWith("FAIL");
        assertThat(folder.resolve("result.json")).content().contains("\"decision\": \"fail\"");
    }

    @Test
    void judgesByTheNameThatTheUserGives() {
        var run = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "--as",
                "registry.example/other/web:2");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .startsWith("NO VERDICT  registry.example/other/web:2")
                .contains("mapping");
    }

    @Test
    void passesAnUnmappedImageOnlyWhereTheUserSaysSo() {
        var run = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "--as",
                "other.example/x:1",
                "--unmapped",
                "go");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("PASS");
    }

    @Test
    void needsAdvisoriesForRulesThatAskForMatches() throws IOException {
        var policy = bundle("vulnerabilities", "package", "WARN", "{\"name\":\"package_type\",\"value\":\"all\"}");
        var run = Run.of(folder, "check", STOREFRONT, "--policy", policy);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).startsWith("DATA MISSING");
        assertThat(run.err()).contains("there is no advisory database at").contains("db build");
    }

    @Test
    void needsNoAdvisoriesForOtherRules() throws IOException {
        var policy = bundle("files", "suid_or_guid_set", "WARN", "");
        var run = Run.of(folder, "check", STOREFRONT, "--policy", policy);

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("PASS").contains("su-storefront");
    }

    @ParameterizedTest
    @CsvSource({"'',0", "--strict,2"})
    void letsAWarningFailOnlyWhenStrict(String option, int code) throws IOException {
        var policy = bundle("files", "suid_or_guid_set", "WARN", "");
        var run = option.isEmpty()
                ? Run.of(folder, "check", STOREFRONT, "--policy", policy)
                : Run.of(folder, "check", STOREFRONT, "--policy", policy, option);

        assertThat(run.code()).isEqualTo(code);
    }

    @Test
    void aStopThatFiredCountsMoreThanMissingData() throws IOException {
        var policy = bundle("always", "always", "STOP", "");
        var run = Run.of(folder, "check", STOREFRONT, "--policy", policy);

        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void judgesExpiryByTheInstantThatIsGiven() {
        var before = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "--at",
                "2030-06-29T00:00:00Z");
        var after = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "--at",
                "2030-06-30T00:00:00Z");

        assertThat(before.out()).contains("ALLOWLISTED (1)");
        assertThat(after.out()).doesNotContain("ALLOWLISTED");
    }

    @Test
    void collectsTheDigestThatABundleAsksFor() throws IOException {
        var sum = TestImage.sha256(Files.readAllBytes(Run.EXAMPLES.resolve("storefront/layers/1/etc/passwd")));
        var parameters =
                "{\"name\":\"filename\",\"value\":\"/etc/passwd\"},{\"name\":\"checksum_algorithm\",\"value\":\"sha256\"},"
                        + "{\"name\":\"checksum\",\"value\":\"" + sum + "\"}";
        var policy = bundle("files", "attribute_match", "STOP", parameters);

        assertThat(Run.of(folder, "check", STOREFRONT, "--policy", policy).code())
                .isEqualTo(2);
        Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=without.json");
        assertThat(Run.of(folder, "check", "inventory:without.json", "--policy", policy)
                        .code())
                .isEqualTo(3);
        Run.of(folder, "sbom", STOREFRONT, "--policy", policy, "-o", "inventory=with.json");
        assertThat(Run.of(folder, "check", "inventory:with.json", "--policy", policy)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void saysWhatIsWrongWithABundleAndWhere() throws IOException {
        var policy = bundle("vulnerabilites", "package", "STOP", "");
        var run = Run.of(folder, "check", STOREFRONT, "--policy", policy);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("/policies/0/rules/0/gate").contains("vulnerabilities");
    }

    @Test
    void takesOptionsFromVariablesAndTheConfigurationFile() throws IOException {
        Files.writeString(
                folder.resolve(".plimsoll.yaml"),
                "advisories: [" + ADVISORIES + "]\ncheck:\n  policy: " + POLICY + "\n");

        assertThat(Run.of(folder, "check", STOREFRONT).code()).isEqualTo(2);
        assertThat(Run.of(folder, Map.of("PLIMSOLL_AS", "other.example/x:1"), "check", STOREFRONT)
                        .code())
                .isEqualTo(3);
        assertThat(Run.of(
                                folder,
                                Map.of("PLIMSOLL_AS", "other.example/x:1"),
                                "check",
                                STOREFRONT,
                                "--as",
                                "registry.example/shop/a:1")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void saysWhenAKeyOfTheConfigurationIsNoOption() throws IOException {
        Files.writeString(folder.resolve(".plimsoll.yaml"), "polcy: x\n");

        var run = Run.of(folder, "check", STOREFRONT);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(".plimsoll.yaml").contains("'polcy' is no option");
    }

    @Test
    void leavesOutWhatTheUserExcludes() {
        var run = Run.of(
                folder,
                "check",
                STOREFRONT,
                "--policy",
                POLICY,
                "--advisories",
                ADVISORIES,
                "--exclude",
                "/app/node_modules/**");

        assertThat(run.out()).doesNotContain("lodash");
    }

    /// A bundle with one rule for every image.
    private String bundle(String gate, String trigger, String action, String parameters) throws IOException {
        var file = folder.resolve(gate + "-" + trigger + ".json");
        Files.writeString(file, """
                {"id":"b","name":"b","version":"1_0","whitelists":[],"whitelisted_images":[],"blacklisted_images":[],
                 "policies":[{"id":"p","name":"p","version":"1_0","rules":[
                   {"id":"r","gate":"%s","trigger":"%s","action":"%s","params":[%s]}]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":[]}]}
                """.formatted(gate, trigger, action, parameters));
        return file.toString();
    }
}
