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

final class CommandsTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    @Test
    void saysItsVersion() {
        assertThat(Run.of(folder, "--version").out()).matches("plimsoll [0-9].*\\R");
        assertThat(Run.of(folder, "check", "--version").out()).matches("plimsoll [0-9].*\\R");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        var run = Run.of(folder, "check", STOREFRONT, "--polcy", "x");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--polcy").contains("--policy");
    }

    @Test
    void namesTheCommandsWhereNoneIsGiven() {
        var run = Run.of(folder);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("check, sbom, vulns, explain, image, analyzers, db, policy, waiver, remote");
    }

    @Test
    void saysWhatIsLookedFor() {
        assertThat(Run.of(folder, "analyzers").out()).contains("dpkg-status/").contains("var/lib/dpkg/status");

        var one = Run.of(folder, "analyzers", "go-binary");
        assertThat(one.code()).isZero();
        assertThat(one.out()).startsWith("go-binary/").contains("held against", "go version -m");

        var json = Run.of(folder, "analyzers", "gemspec", "--json");
        assertThat(json.out()).contains("\"name\": \"gemspec\"", "\"evidence\": \"installed\"", "\"types\":");

        var mistyped = Run.of(folder, "analyzers", "gemspek");
        assertThat(mistyped.code()).isEqualTo(1);
        assertThat(mistyped.err()).contains("there is no analyzer 'gemspek'; did you mean gemspec?");
    }

    @Test
    void listsPackages() {
        var run = Run.of(folder, "sbom", STOREFRONT);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("libssl3").contains("lodash");
    }

    @Test
    void writesABillOfMaterials() {
        var run = Run.of(folder, "sbom", STOREFRONT, "-o", "cyclonedx-json", "--at", "2026-01-01");

        assertThat(run.out()).contains("\"specVersion\": \"1.6\"").contains("2026-01-01T00:00:00Z");
    }

    @Test
    void listsFindingsAndFailsOnlyWhereAsked() {
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES)
                        .code())
                .isZero();
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, "--fail-on", "critical")
                        .code())
                .isEqualTo(2);
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES)
                        .out())
                .contains("CVE-2021-44906")
                .contains("CVE-2023-38545");
    }

    @Test
    void saysThatDataIsMissing() {
        var run = Run.of(folder, "vulns", STOREFRONT);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).contains("no data");
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2023-5363,MATCHED  libssl3 3.0.11-1~deb12u1",
        "GHSA-35jh-r3h4-6jhm,MATCHED  lodash 4.17.15",
        "CVE-1999-0001,The advisory data holds nothing of this id"
    })
    void explainsAMatchAndItsAbsence(String id, String expected) {
        var run = Run.of(folder, "explain", STOREFRONT, id, "--advisories", ADVISORIES);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(expected);
    }

    @Test
    void explainsWhyAVersionIsNotAffected() throws IOException {
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/TEST-1.json"), """
                {"id":"TEST-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"lodash"},
                 "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"4.17.10"}]}]}]}
                """);

        var run = Run.of(folder, "explain", STOREFRONT, "TEST-1", "--advisories", "own");

        assertThat(run.out())
                .contains("NOT MATCHED  lodash 4.17.15")
                .contains("<4.17.10")
                .contains("because");
    }

    @Test
    void validatesBundles() throws IOException {
        var good = Run.of(
                folder,
                "policy",
                "validate",
                Run.EXAMPLES.resolve("policy.json").toString());
        Files.writeString(folder.resolve("bad.json"), "{\"version\":\"2\"");
        var bad = Run.of(folder, "policy", "validate", "bad.json");

        assertThat(good).isEqualTo(new Run(0, Run.EXAMPLES.resolve("policy.json") + ": valid\n", ""));
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).contains("line 1");
    }

    @Test
    void buildsImportsAndDescribesADatabase() throws IOException {
        var feed = Files.createDirectories(folder.resolve("feeds/slice-ghsa"));
        for (var name : new String[] {"GHSA-35jh-r3h4-6jhm.json", "GHSA-xvch-5gv4-984h.json"}) {
            Files.copy(Path.of(ADVISORIES, name), feed.resolve(name));
        }
        var built = Run.of(
                folder, Map.of("SOURCE_DATE_EPOCH", "1790000000"), "db", "build", "--from", "feeds", "--out", "a.db");
        var again = Run.of(folder, "db", "build", "--from", "feeds", "--out", "b.db", "--at", "2026-09-21T14:13:20Z");
        assertThat(built.code()).as(built.err()).isZero();
        assertThat(again.code()).isZero();
        assertThat(folder.resolve("a.db")).hasSameBinaryContentAs(folder.resolve("b.db"));

        assertThat(Run.of(folder, "db", "import", "a.db").code()).isZero();
        var status = Run.of(folder, "db", "status");
        assertThat(status.out()).contains("ghsa ").contains("npm").contains("2026-09-21T14:13:20Z, 63 days ago: older");

        var vulns = Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES);
        assertThat(vulns.err()).contains("63 days old");
        var findings = Run.of(folder, "vulns", STOREFRONT, "--db", "a.db", "-q");
        assertThat(findings.out()).contains("CVE-2021-44906");
        assertThat(findings.code()).as("debian:12 has no records in it").isEqualTo(4);
        assertThat(findings.err()).isEmpty();
    }

    @Test
    void refusesToImportWhatIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve("x.db"), "not a database".repeat(100));

        var run = Run.of(folder, "db", "import", "x.db");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("x.db").contains("not a SQLite file");
    }

    @Test
    void refusesAnImportWithAnotherDigest() throws IOException {
        var feed = Files.createDirectories(folder.resolve("feeds/slice-ghsa"));
        Files.copy(Path.of(ADVISORIES, "GHSA-35jh-r3h4-6jhm.json"), feed.resolve("a.json"));
        Run.of(folder, "db", "build", "--from", "feeds", "--out", "a.db", "-q");

        var run = Run.of(folder, "db", "import", "a.db", "--digest", "sha256:" + "0".repeat(64));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("expected is sha256:000");
    }

    @Test
    void refusesTwoFormatsOnStandardOutput() {
        assertThat(Run.of(folder, "sbom", STOREFRONT, "-o", "table", "-o", "json")
                        .err())
                .contains("only one format");
    }

    @Test
    void namesTheFormatsWhereOneIsUnknown() {
        assertThat(Run.of(folder, "sbom", STOREFRONT, "-o", "xml").err())
                .contains("table, json, cyclonedx-json, cyclonedx-json@1.6");
    }

    @Test
    void printsACompletionScript() {
        assertThat(Run.of(folder, "completion").out()).contains("complete -F");
    }

    @ParameterizedTest
    @CsvSource({
        "--at,tomorrow,is no instant",
        "--max-db-age,5 days,is no length of time",
        "--distro,debian,is no distribution",
        "--timeout,x,is no length of time",
        "--platform,amd64,is no platform"
    })
    void saysHowAValueIsWritten(String option, String value, String expected) {
        var run = Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, option, value);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(expected);
    }

    @Test
    void judgesAsTheDistributionThatTheUserNames() {
        var run = Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, "--distro", "debian:11");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).contains("debian:11");
    }
}
