package dev.plimsoll.policy.waiver.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every list was written for this test, after its format's documentation.
final class ForeignFormatTest {

    private static WaiverImport read(ForeignFormat format, String text) throws ImportException {
        return read(format, text, ImportOptions.NONE);
    }

    private static WaiverImport read(ForeignFormat format, String text, ImportOptions options) throws ImportException {
        var found = format.read(text.getBytes(StandardCharsets.UTF_8), options);
        var reading = WaiverReader.read(
                "w.yaml", WaiverText.document(found.waivers(), found.notes()).getBytes(StandardCharsets.UTF_8));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.waivers()).hasSameSizeAs(found.waivers());
        return found;
    }

    private static String yaml(WaiverImport found) {
        return WaiverText.document(found.waivers(), List.of());
    }

    @Test
    void readsTrivysLines() throws ImportException {
        var found = read(ForeignFormat.TRIVYIGNORE, """
                # Accepted in the review
                #   of March
                CVE-2023-1001 exp:2026-12-31

                # alone

                CVE-2023-1002   # not reached
                GHSA-aaaa-bbbb-cccc
                CVE-2023-1001
                CVE-2023-1003 exp:soon
                AVD-DS-0002
                aws-access-key-id
                GPL-3.0
                """);

        assertThat(yaml(found)).isEqualTo("""
                version: 1
                waivers:
                  - id: CVE-2023-1001
                    scope:
                      ids:
                        - CVE-2023-1001
                    reason: accepted-risk
                    text: Accepted in the review of March
                    until: 2026-12-31
                  - id: CVE-2023-1002
                    scope:
                      ids:
                        - CVE-2023-1002
                    reason: accepted-risk
                    text: not reached
                  - id: GHSA-aaaa-bbbb-cccc
                    scope:
                      ids:
                        - GHSA-aaaa-bbbb-cccc
                    reason: accepted-risk
                    text: Taken over from trivyignore
                  - id: CVE-2023-1001-2
                    scope:
                      ids:
                        - CVE-2023-1001
                    reason: accepted-risk
                    text: Taken over from trivyignore
                """);
        assertThat(found.left())
                .extracting(WaiverImport.Left::place)
                .containsExactly("line 10", "line 11", "line 12", "line 13");
        assertThat(found.left())
                .extracting(WaiverImport.Left::why)
                .first()
                .isEqualTo("'exp:soon' is no day, and Trivy passes such a line over: write exp:2026-12-31");
        assertThat(found.left().get(1).why()).startsWith("'AVD-DS-0002' is no id of a vulnerability");
    }

    @Test
    void leavesALineThatTrivyWouldNotRead() throws ImportException {
        var most = "CVE-1-1 #" + "x".repeat(TrivyIgnore.MAX_LINE - 9);

        assertThat(read(ForeignFormat.TRIVYIGNORE, most).left()).isEmpty();
        assertThat(read(ForeignFormat.TRIVYIGNORE, most + "x").left())
                .extracting(WaiverImport.Left::why)
                .containsExactly("is over 65536 characters");
    }

    @Test
    void addsWhatTheListDoesNotSay() throws ImportException {
        var found = read(
                ForeignFormat.TRIVYIGNORE,
                "CVE-2023-1\nCVE-2023-2 exp:2027-01-01\n",
                new ImportOptions("me", Optional.of("2026-12-31"), List.of("registry.example/shop/*")));

        assertThat(yaml(found))
                .contains("owner: me\n    until: 2026-12-31\n", "owner: me\n    until: 2027-01-01\n")
                .contains("images:\n        - \"registry.example/shop/*\"\n");
    }

    @Test
    void readsTrivysYaml() throws ImportException {
        var found = read(ForeignFormat.TRIVYIGNORE_YAML, """
                vulnerabilities:
                  - id: CVE-2023-1
                    paths: [ "app/**/package.json", /srv/x ]
                    statement: "Not reached: see SEC-1"
                  - id: CVE-2023-2
                    purls: [ "pkg:deb/debian/libssl1.1", "pkg:npm/%40babel/core@7.1.0" ]
                    expired_at: 2026-09-01
                  - id: CVE-2023-3
                    expired_at: 2026-09-01T12:00:00Z
                  - id: "CVE-*"
                  - id: CVE-2023-4
                    purls: [ "pkg:npm/*" ]
                  - id: CVE-2023-5
                    purls: [ lodash ]
                  - id: CVE-2023-6
                    paths: [ "a/[!b]" ]
                  - id: CVE-2023-7
                    expired_at: soon
                  - id: CVE-2023-8
                    images: [ x ]
                  - id: CVE-2023-9
                    paths: x
                  - statement: nothing
                  - x
                misconfigurations:
                  - id: AVD-DS-0001
                secrets:
                  - id: aws-access-key-id
                licenses:
                  - id: GPL-3.0
                else: [ { id: x } ]
                """);

        assertThat(yaml(found)).isEqualTo("""
                version: 1
                waivers:
                  - id: CVE-2023-1
                    scope:
                      ids:
                        - CVE-2023-1
                      paths:
                        - "app/**/package.json"
                        - "/srv/x"
                    reason: accepted-risk
                    text: "Not reached: see SEC-1"
                  - id: CVE-2023-2
                    scope:
                      ids:
                        - CVE-2023-2
                      packages:
                        - "pkg:deb/debian/libssl1.1"
                        - "pkg:npm/%40babel/core@7.1.0"
                    reason: accepted-risk
                    text: Taken over from trivyignore-yaml
                    until: 2026-09-01
                  - id: CVE-2023-3
                    scope:
                      ids:
                        - CVE-2023-3
                    reason: accepted-risk
                    text: Taken over from trivyignore-yaml
                    until: "2026-09-01T12:00:00Z"
                """);
        assertThat(found.left())
                .extracting(WaiverImport.Left::toString)
                .containsExactly(
                        "/vulnerabilities/3: Trivy takes 'CVE-*' as it stands; in a waiver * would be any characters",
                        "/vulnerabilities/4: Trivy takes 'pkg:npm/*' as it stands; in a waiver * would be any"
                                + " characters",
                        "/vulnerabilities/5: 'lodash' is no package URL",
                        "/vulnerabilities/6: the pattern 'a/[!b]' has an escape or a class that excludes, which"
                                + " waivers do not have",
                        "/vulnerabilities/7: its expired_at is no day: write 2026-12-31",
                        "/vulnerabilities/8: its member 'images' is not known, and may narrow it",
                        "/vulnerabilities/9: its paths are no list of texts",
                        "/vulnerabilities/10: has no id",
                        "/vulnerabilities/11: is no entry with an id",
                        "/misconfigurations/0: 'AVD-DS-0001' is a check of Trivy's: what rules on Dockerfile and"
                                + " configuration find has other ids here",
                        "/secrets/0: 'aws-access-key-id' is a rule of Trivy's for secrets: results of secret_scans"
                                + " have other ids here",
                        "/licenses/0: 'GPL-3.0' is a licence: results of the gate licenses have other ids here",
                        "/else/0: Trivy has no list 'else'");
        assertThat(found.notes()).containsExactly(ForeignPaths.NOTE);
    }

    /// A rule of Grype, and the scope of its waiver or why there is none.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vulnerability: CVE-1-1, include-aliases: true           | ids CVE-1-1",
                "vulnerability: CVE-1-1                                  | ids CVE-1-1",
                "package: { name: curl }                                 | packages curl pkg:maven/*/curl",
                "package: { name: curl, version: 7.1 }                   | packages curl@7.1 pkg:maven/*/curl@7.1",
                "package: { version: 1.10 }                              | packages *@1.10",
                "package: { name: curl, type: deb }                      | packages pkg:deb/*/curl",
                "package: { name: libstdc, version: 1:2+b, type: deb }   | packages pkg:deb/*/libstdc@1:2%2Bb",
                "package: { name: '@babel/core', type: npm }             | packages pkg:npm/%40babel/core",
                "package: { type: npm }                                  | packages pkg:npm/*/*",
                "package: { type: rpm }                                  | packages pkg:rpm/*/*",
                "package: { name: 'kernel-.*' }                          | packages kernel-* pkg:maven/*/kernel-*",
                "package: { name: '^kernel\\.x$', type: rpm }            | packages pkg:rpm/*/kernel.x",
                "package: { location: '/usr/**' }                        | paths /usr/**",
                "vulnerability: CVE-1-1, package: { name: a, type: gem } | ids CVE-1-1 packages pkg:gem/a",
                "vulnerability: 'CVE-*'                                  | Grype takes 'CVE-*' as it stands",
                "package: { name: 'linux(-.*)?-headers' }                | the name 'linux(-.*)?-headers' is a regular expression",
                "package: { name: 'libstdc++6' }                         | the name 'libstdc++6' is a regular expression",
                "package: { name: '.*-x', type: npm }                    | the name '.*-x' may fit names with a slash",
                "package: { name: a, version: '1*' }                     | Grype takes the version '1*' as it stands",
                "package: { name: a, type: hackage }                     | no package URL says what Grype's type 'hackage' is",
                "package: { name: a, language: go }                      | a waiver has no condition 'package.language'",
                "package: { upstream-name: a }                           | a waiver has no condition 'package.upstream-name'",
                "package: { location: '/a/[^b]' }                        | the pattern '/a/[^b]' has an escape or a class",
                "fix-state: wont-fix                                     | a waiver has no condition 'fix-state'; for findings without a fix",
                "vulnerability: CVE-1-1, fix-state: unknown              | a waiver has no condition 'fix-state'",
                "vulnerability: CVE-1-1, fix-state: ''                   | ids CVE-1-1",
                "namespace: debian                                       | a waiver has no condition 'namespace'",
                "vex-status: not_affected                                | a waiver has no condition 'vex-status'; it belongs to VEX",
                "match-type: cpe-match                                   | a waiver has no condition 'match-type'",
                "reason: none                                            | has no criteria, so Grype ignores nothing by it",
                "vulnerability: CVE-1-1, new-criterion: x                | a waiver has no condition 'new-criterion'",
            })
    void readsGrypesRules(String rule, String expected) throws ImportException {
        var found = read(ForeignFormat.GRYPE, "ignore:\n  - { " + rule + " }\n");

        var said = found.left().isEmpty()
                ? yaml(found)
                        .lines()
                        .dropWhile(line -> !line.equals("    scope:"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("      "))
                        .map(line -> line.strip()
                                .replaceAll("^- |[\":]+$|(?<=^- )\"|^\"", "")
                                .replace("- \"", ""))
                        .map(line -> line.startsWith("\"") ? line.substring(1) : line)
                        .reduce("", (left, right) -> left.isEmpty() ? right : left + " " + right)
                : found.left().getFirst().why();
        assertThat(said).startsWith(expected);
        assertThat(found.waivers().size() + found.left().size()).isEqualTo(1);
    }

    @Test
    void namesWhatElseGrypeLeavesOut() throws ImportException {
        var found = read(ForeignFormat.GRYPE, """
                only-fixed: true
                ignore-wontfix: ""
                exclude: [ "./x/**" ]
                ignore:
                  - vulnerability: CVE-1-1
                    reason: never called
                  - x
                """);

        assertThat(yaml(found)).contains("text: never called");
        assertThat(found.left())
                .extracting(WaiverImport.Left::toString)
                .containsExactly(
                        "/exclude: is no ignore rule: check --exclude does it",
                        "/only-fixed: is no ignore rule: check --only-fixed does it",
                        "/ignore/1: is no rule");
        assertThat(found.notes()).singleElement().asString().startsWith("Aliases count in a waiver");
        assertThat(read(ForeignFormat.GRYPE, "ignore: [ { vulnerability: CVE-1-1, include-aliases: true } ]")
                        .notes())
                .isEmpty();
    }

    @Test
    void readsHarborsAllowlists() throws ImportException {
        var system = """
                {"id": 1, "project_id": 0, "expires_at": 1798675200, "items": [{"cve_id": "CVE-2023-1"}, {"cve_id": ""},
                 {"cve_id": "CVE-*"}], "creation_time": "0001-01-01T00:00:00.000Z"}
                """;
        var found = read(ForeignFormat.HARBOR, system);

        assertThat(yaml(found)).contains("- id: CVE-2023-1\n", "until: 2026-12-31\n");
        assertThat(found.waivers()).hasSize(1);
        assertThat(found.left()).extracting(WaiverImport.Left::place).containsExactly("/items/1", "/items/2");
        assertThat(yaml(read(ForeignFormat.HARBOR, system.replace("1798675200", "null"))))
                .doesNotContain("until");
        assertThatThrownBy(() -> read(ForeignFormat.HARBOR, system.replace("1798675200", "\"soon\"")))
                .hasMessageContaining("'expires_at' is no number of seconds");
        assertThatThrownBy(() -> read(ForeignFormat.HARBOR, system.replace("1798675200", "99999999999999999")))
                .hasMessageContaining("'expires_at' is no number of seconds");
    }

    @Test
    void asksForTheImagesOfAProjectsAllowlist() throws ImportException {
        var project = """
                {"name": "shop", "metadata": {"reuse_sys_cve_allowlist": "true"},
                 "cve_allowlist": {"project_id": 7, "expires_at": null, "items": [{"cve_id": "CVE-2023-1"}]}}
                """;

        assertThatThrownBy(() -> read(ForeignFormat.HARBOR, project))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("the project with the number '7' alone")
                .hasMessageContaining("--image 'harbor.example/PROJECT/*'");
        var found = read(
                ForeignFormat.HARBOR,
                project,
                new ImportOptions("", Optional.empty(), List.of("harbor.example/shop/*")));
        assertThat(yaml(found)).contains("images:\n        - \"harbor.example/shop/*\"\n");
        assertThat(found.notes()).singleElement().asString().contains("reuse_sys_cve_allowlist");
    }

    private static final String ITEMS = """
            [{"id": "one", "gate": "vulnerabilities", "trigger_id": "CVE-2023-1+curl"},
             {"id": "two", "gate": "vulnerabilities", "trigger_id": "CVE-2023-2+*", "expires_on": "2026-12-31T00:00:00Z"},
             {"id": "three", "gate": "dockerfile", "trigger_id": "41cb7cdf04850e33a11f80c42bf660b3"},
             {"id": "four", "gate": "vulnerabilities", "trigger_id": "CVE-2023-3"},
             {"id": "five", "gate": "anchoresec", "trigger_id": "CVE-2023-4+curl"}]
            """;

    @Test
    void readsAnAllowlistOfAnchoreAlone() throws ImportException {
        var found = read(
                ForeignFormat.ANCHORE,
                "{\"id\": \"list\", \"name\": \"L\", \"version\": \"1_0\", \"items\": " + ITEMS + "}");

        assertThat(yaml(found)).isEqualTo("""
                version: 1
                waivers:
                  - id: one
                    scope:
                      ids:
                        - CVE-2023-1+curl
                      gates:
                        - vulnerabilities
                    reason: accepted-risk
                    text: Taken over from anchore
                  - id: two
                    scope:
                      ids:
                        - "CVE-2023-2+*"
                      gates:
                        - vulnerabilities
                    reason: accepted-risk
                    text: Taken over from anchore
                    until: 2026-12-31
                  - id: three
                    scope:
                      ids:
                        - 41cb7cdf04850e33a11f80c42bf660b3
                      gates:
                        - dockerfile
                    reason: accepted-risk
                    text: Taken over from anchore
                """);
        assertThat(found.left())
                .extracting(WaiverImport.Left::toString)
                .containsExactly(
                        "allowlist 'list', item 'four': it silences nothing: the id of a vulnerability's result has the"
                                + " package behind it, CVE-2023-3+curl or CVE-2023-3+*",
                        "allowlist 'list', item 'five': the gate 'anchoresec' was ended by Anchore: its successor is"
                                + " 'vulnerabilities'");
        assertThat(found.notes()).singleElement().asString().startsWith("An allowlist alone does not say");
    }

    /// Mappings as `ID registry repository type value LISTS`, and the images of the waivers or why there are none.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "all * * tag * list                                                    |",
                "shop registry.example shop/* tag * list                               | registry.example/shop/*:*",
                "a r.example a tag 1.* list; b r.example b tag * list                  | r.example/a:1.* r.example/b:*",
                "a r.example a digest sha256:D list                                    | r.example/a@sha256:D",
                "a r.example a id D list                                               | r.example/a@sha256:D",
                "a r.example a tag * other; b * * tag * list                           | the mapping 'a' does not use it and comes before one that does",
                "a r.example a tag * list; b * * tag * other                           | r.example/a:*",
                "a r.example a tag * list; b * * tag * list                            |",
                "a * shop/* tag * list                                                 | the mapping 'a' names images in a way that a waiver cannot",
                "a registry a tag * list                                               | the mapping 'a' names images in a way that a waiver cannot",
                "a r.example regexp:a.* tag * list                                     | the mapping 'a' names images in a way that a waiver cannot",
                "a * * tag * other                                                     | no mapping uses it",
            })
    void keepsAnAllowlistToItsImages(String mappings, String expected) throws ImportException {
        var mapped = new StringBuilder();
        for (var mapping : mappings.replace("D ", "d".repeat(64) + " ").split("; *", -1)) {
            var parts = mapping.strip().split(" +", -1);
            mapped.append(mapped.isEmpty() ? "" : ",").append("""
                    {"id":"%s","name":"n","registry":"%s","repository":"%s","image":{"type":"%s","value":"%s"},
                     "rule_set_ids":["gone"],"allowlist_ids":["%s"]}
                    """.formatted((Object[]) parts));
        }
        var bundle = """
                {"id":"b","name":"B","version":"2","rule_sets":[{"id":"set","name":"S","version":"2","rules":[{"gate":"x"}]}],
                 "allowlists":[{"id":"list","name":"L","version":"2","items":[
                    {"id":"i","gate":"vulnerabilities","trigger_id":"CVE-1-1+*","expires_on":null}]},
                   {"id":"other","name":"O","version":"2","items":[]}],
                 "mappings":[%s]}
                """.formatted(mapped);

        var found = read(ForeignFormat.ANCHORE, bundle);

        var of = found.left().stream()
                .filter(left -> left.place().equals("allowlist 'list'"))
                .map(WaiverImport.Left::why)
                .findFirst()
                .orElseGet(() -> String.join(
                        " ", found.waivers().getFirst().object("scope").strings("images")));
        assertThat(of)
                .startsWith(expected == null ? "" : expected.replace("sha256:D", "sha256:" + "d".repeat(64)))
                .matches(text -> expected != null || text.isEmpty());
        if (!found.left().isEmpty() && found.waivers().isEmpty()) {
            assertThat(read(
                                    ForeignFormat.ANCHORE,
                                    bundle,
                                    new ImportOptions("", Optional.empty(), List.of("r.example/a")))
                            .waivers())
                    .hasSize(1);
        }
    }

    @Test
    void namesWhatIsWrongWithAnAllowlist() {
        assertThatThrownBy(() -> read(
                        ForeignFormat.ANCHORE, "{\"id\": \"l\", \"name\": \"L\", \"version\": \"2\", \"items\": [{}]}"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("cannot be used: /allowlists/0/items/0: the member 'id' is missing");
    }

    @ParameterizedTest
    @EnumSource(
            value = ForeignFormat.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TRIVYIGNORE"})
    void refusesWhatIsNoList(ForeignFormat format) {
        assertThatThrownBy(() -> read(format, "[]")).isInstanceOf(ImportException.class);
        assertThatThrownBy(() -> read(format, "{")).isInstanceOf(ImportException.class);
        assertThatThrownBy(() -> format.read(new byte[ForeignFormat.MAX_LENGTH + 1], ImportOptions.NONE))
                .hasMessage("is over 8388608 bytes");
    }

    @Test
    void takesNoMoreThanAFileOfWaiversHolds() throws ImportException {
        var text = new StringBuilder();
        for (int i = 0; i <= WaiverReader.MAX_WAIVERS; i++) {
            text.append("CVE-2000-").append(i).append('\n');
        }
        var found =
                ForeignFormat.TRIVYIGNORE.read(text.toString().getBytes(StandardCharsets.UTF_8), ImportOptions.NONE);

        assertThat(found.waivers()).hasSize(WaiverReader.MAX_WAIVERS);
        assertThat(found.left())
                .extracting(WaiverImport.Left::why)
                .containsExactly(
                        "of its 20001 entries the first 20000 are taken over: a file of waivers holds no more");
    }
}
