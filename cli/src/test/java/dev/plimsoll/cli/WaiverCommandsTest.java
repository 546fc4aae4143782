package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.report.ReportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Waivers from the first `add` to the verdict, the lists and the documents.
final class WaiverCommandsTest {

    private static final String FILE = "plimsoll-waivers.yaml";
    private static final List<String> CHECK = List.of(
            "check",
            Run.EXAMPLES.resolve("storefront.tar").toString(),
            "--policy",
            Run.EXAMPLES.resolve("policy.json").toString(),
            "--advisories",
            Run.EXAMPLES.resolve("advisories").toString());

    private static final String WAIVERS = """
            # Ours.
            waivers:
              - id: minimist
                scope: { ids: [ CVE-2021-44906 ], packages: [ pkg:npm/minimist ] }
                reason: accepted-risk
                text: Only reads our own arguments
                owner: shop@example.org
                until: 2026-12-10
              - id: curl
                scope: { ids: [ CVE-2023-38545 ] }
                reason: not-affected
                justification: vulnerable_code_not_in_execute_path
                text: No proxy is configured
                owner: net@example.org
                until: 2027-12-31
                effect: downgrade
              - id: ssh
                scope: { ids: [ "packages:denylist:*" ] }
                reason: fix-scheduled
                text: Goes with the next base
                owner: shop@example.org
                until: 2026-06-01
              - id: nothing
                scope: { ids: [ CVE-1999-0001 ] }
                reason: vendor-disputes
                text: Old
                owner: shop@example.org
                until: 2027-01-01
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeWaivers() throws IOException {
        Files.writeString(folder.resolve(FILE), WAIVERS);
        Files.createDirectories(folder.resolve("empty"));
    }

    private Run check(String... more) {
        var arguments = new ArrayList<>(CHECK);
        arguments.addAll(List.of(more));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    private Run run(String... arguments) {
        return Run.of(folder, arguments);
    }

    @Test
    void tellsOfWaiversFromTheVerdictToTheExport() throws IOException {
        var judged = check("--waivers", FILE, "-o", "table", "-o", "json=result.json");

        assertThat(judged.code()).isEqualTo(2);
        assertThat(judged.out())
                .contains(
                        "2 are waived",
                        "WAIVED (2)",
                        "minimist: accepted-risk, until 2026-12-10, shop@example.org. Only reads our own arguments",
                        "curl: not-affected (vulnerable_code_not_in_execute_path), until 2027-12-31, net@example.org",
                        "(STOP before)",
                        "waiver-expired: packages:denylist:openssh-server counts again because the waiver ssh expired",
                        "waiver-unused: a waiver covers nothing of this image: nothing");
        var json = Files.readString(folder.resolve("result.json"));
        assertThat(new ValidatorFactory().validate(schema(), json).getErrors()).isEmpty();
        assertThat(json).contains("\"waiver\": \"minimist\"", "\"name\": \"waivers\"", "\"state\": \"expired\"");

        var checked = run("waiver", "check", "--result", "result.json");
        assertThat(checked.code()).isZero();
        assertThat(checked.out().lines())
                .containsExactly(
                        "soon     minimist (shop@example.org): ends on 2026-12-10T00:00:00Z, in 16 days",
                        "expired  ssh (shop@example.org): on 2026-06-01T00:00:00Z",
                        "used     minimist (shop@example.org): covers a result",
                        "used     curl (net@example.org): covers a result",
                        "counts   ssh (shop@example.org): a result counts again because it expired",
                        "unused   nothing (shop@example.org): covers nothing in the result",
                        FILE + ": valid, 4 waivers, 1 expired");

        var exported =
                run("waiver", "export", "--author", "me@example.org", "--result", "result.json", "--at", "2026-11-24");
        assertThat(exported.code()).isZero();
        assertThat(exported.out())
                .contains(
                        "\"@context\": \"https://openvex.dev/ns/v0.2.0\"",
                        "\"timestamp\": \"2026-11-24T00:00:00Z\"",
                        "\"purl\": \"pkg:oci/storefront?repository_url=registry.example%2Fshop%2Fstorefront&tag=1.4\"",
                        "\"purl\": \"pkg:npm/minimist@1.2.0\"",
                        "\"justification\": \"vulnerable_code_not_in_execute_path\"")
                .doesNotContain("DSA-");
        assertThat(exported.err())
                .contains(
                        "not said: waiver ssh: expired on 2026-06-01T00:00:00Z",
                        "not said: waiver nothing: covers no vulnerability in the results");
        assertThat(Run.of(
                                folder,
                                Map.of("SOURCE_DATE_EPOCH", "1795478400"),
                                "waiver",
                                "export",
                                "--author",
                                "me@example.org",
                                "--result",
                                "result.json")
                        .out())
                .isEqualTo(exported.out());

        Files.writeString(folder.resolve(FILE), "waivers: []\n");
        assertThat(run("waiver", "check", "--result", "result.json").out())
                .contains("was made with other waivers, or other versions of them");
    }

    @Test
    void readsAFileOnceThatIsNamedTwice() {
        assertThat(run("waiver", "check", FILE, "./" + FILE, ".").out())
                .endsWith(FILE + ": valid, 4 waivers, 1 expired\n");
    }

    @Test
    void usesNoWaiversThatAreNotNamed() throws IOException {
        var judged = check();

        assertThat(judged.out()).doesNotContain("WAIVED");
        assertThat(judged.err()).contains(FILE + " is here and is not used; --waivers " + FILE + " uses it");
        Files.writeString(folder.resolve(".plimsoll.yaml"), "check:\n  waivers: " + FILE + "\n");
        assertThat(check().out()).contains("WAIVED (2)");
    }

    @Test
    void judgesNothingByWaiversWithErrors() throws IOException {
        Files.createDirectories(folder.resolve("waivers"));
        Files.writeString(folder.resolve("waivers/a.yaml"), WAIVERS.replace("accepted-risk", "accepted_risk"));
        Files.writeString(
                folder.resolve("waivers/b.yml"), WAIVERS.replace("ids: [ CVE-2021-44906 ]", "id: CVE-2021-44906"));
        Files.writeString(folder.resolve("waivers/readme.txt"), "not read");

        var judged = check("--waivers", "waivers");

        assertThat(judged.code()).isEqualTo(1);
        assertThat(judged.out()).isEmpty();
        assertThat(judged.err())
                .contains(
                        "waivers/a.yaml /waivers/0/reason: unknown reason 'accepted_risk': allowed are accepted-risk",
                        "did you mean 'accepted-risk'?",
                        "waivers/b.yml /waivers/0/scope/id: 'id' has no meaning here",
                        "waivers/b.yml: the waiver 'curl' stands in waivers/a.yaml too: give one of them another id");
        var checked = run("waiver", "check", "waivers/");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).contains("error    waivers/a.yaml /waivers/0/reason", "2 files: not valid, 5 errors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "check --waivers nowhere --policy x y     | there is no file of waivers nowhere",
                "waiver ls nowhere                        | there is no file of waivers nowhere",
                "waiver check empty                       | there are no waivers in empty: no file that ends with",
                "waiver                                   | name a command: waiver add, waiver check",
                "waiver add CVE-1-1                       | waiver add needs a reason: --reason accepted-risk",
                "waiver add --reason mitigated            | /waivers/4/scope: a scope without conditions would silence everything",
                "waiver add CVE-1-1 --reason mitigate     | unknown reason 'mitigate': allowed are",
                "waiver add CVE-1-1 --reason mitigated --until soon | 'soon' is no time",
                "waiver add CVE-1-1 --reason mitigated --id curl | the id 'curl' stands at /waivers/1 too",
                "waiver export                            | needs its author: --author",
                "waiver export --author x --format csaf   | --format: 'csaf' is none of openvex",
                "waiver export --author x --product web   | --product: 'web' is no package URL",
                "waiver export --author x --at 2030-01-01 | there is nothing to say",
                "waiver export --author x --result " + FILE + " | not JSON",
                "waiver check --result " + FILE + "       | not JSON",
                "waiver import " + FILE
                        + "               | needs the list's format: --from trivyignore, trivyignore-yaml, grype, harbor, anchore",
                "waiver import " + FILE
                        + " --from gripe  | --from: 'gripe' is none of trivyignore, trivyignore-yaml, grype, harbor, anchore; did you mean grype?",
                "waiver import " + FILE + " --from harbor | is no allowlist of Harbor",
                "waiver import nowhere --from grype       | there is no file of exceptions nowhere",
                "waiver ls --state dead                   | 'dead' is none of pending, valid, expired",
            })
    void saysWhatIsWrong(String command, String expected) throws IOException {
        // there is no bundle x: what is wrong with waivers is found before the image is read
        var run = run(command.replace("--policy x", "--policy " + Run.EXAMPLES.resolve("policy.json"))
                .split(" +", -1));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(expected);
        assertThat(Files.readString(folder.resolve(FILE))).isEqualTo(WAIVERS);
    }

    @Test
    void addsAWaiverAndKeepsTheRest() throws IOException {
        var added = run(
                "waiver",
                "add",
                "CVE-2020-8203",
                "CVE-2021-23337",
                "--package",
                "lodash",
                "--image",
                "registry.example/shop/*",
                "--reason",
                "accepted-risk",
                "--owner",
                "shop@example.org",
                "--until",
                "2026-12-31",
                "--text",
                "Not: reached");

        assertThat(added).isEqualTo(new Run(0, FILE + ": added the waiver CVE-2020-8203\n", ""));
        assertThat(Files.readString(folder.resolve(FILE))).isEqualTo(WAIVERS + """
                  - id: CVE-2020-8203
                    scope:
                      ids:
                        - CVE-2020-8203
                        - CVE-2021-23337
                      packages:
                        - lodash
                      images:
                        - "registry.example/shop/*"
                    reason: accepted-risk
                    text: "Not: reached"
                    owner: shop@example.org
                    until: 2026-12-31
                """);
        assertThat(run("waiver", "add", "CVE-2020-8203", "--reason", "mitigated", "--text", "x")
                        .err())
                .contains("note: it has no 'owner'", "note: it has no 'until'");
        assertThat(run("waiver", "ls").out()).contains("CVE-2020-8203-2");
        assertThat(run("waiver", "add", "--gate", "dockerfile", "--reason", "mitigated", "--file", "new.json")
                        .out())
                .isEqualTo("new.json: made, with the waiver dockerfile\n");
        assertThat(run("waiver", "ls", "new.json").out()).contains("dockerfile");
    }

    @Test
    void listsByState() {
        assertThat(run("waiver", "ls").out())
                .contains(
                        "minimist", "curl", "ssh", "nothing", "stops only warn", "CVE-2021-44906 in pkg:npm/minimist");
        for (var filter : List.of(
                "--owner net@example.org=curl",
                "--state expired=ssh",
                "--within 30d=minimist",
                "--covers CVE-1999-0001=nothing",
                "--reason fix-scheduled=ssh",
                "--state valid --at 2027-06-01=curl")) {
            var equals = filter.lastIndexOf('=');
            var listed = run(("waiver ls " + filter.substring(0, equals)).split(" ", -1));
            assertThat(listed.out().lines().map(line -> line.strip().split(" ", -1)[0]))
                    .as(filter)
                    .containsExactly("WAIVER", filter.substring(equals + 1), "1");
        }
        assertThat(run("waiver", "ls", "--json", "--state", "expired").out())
                .startsWith("[\n  {\n    \"id\": \"ssh\",\n    \"state\": \"expired\",")
                .contains("\"packages:denylist:*\"");
    }

    @Test
    void takesOverAnotherToolsListAndNamesWhatItLeaves() throws IOException {
        Files.writeString(folder.resolve(".trivyignore"), "# Not reached\nCVE-2021-44906\nAVD-DS-0002\n");

        var taken = run(
                "waiver",
                "import",
                ".trivyignore",
                "--from",
                "trivyignore",
                "--owner",
                "me",
                "--until",
                "2026-12-31",
                "--out",
                "taken.yaml");

        assertThat(taken.code()).isZero();
        assertThat(taken.out()).isEqualTo("taken.yaml: 1 waivers, 1 entries left\n");
        assertThat(taken.err()).contains("note: not taken over: line 3: 'AVD-DS-0002' is no id of a vulnerability");
        assertThat(Files.readString(folder.resolve("taken.yaml")))
                .startsWith("# Taken over from .trivyignore (trivyignore)\n# not taken over: line 3: 'AVD-DS-0002'")
                .contains("text: Not reached\n");
        assertThat(run("waiver", "check", "taken.yaml").out()).endsWith("taken.yaml: valid, 1 waiver\n");
        assertThat(check("--waivers", "taken.yaml").out()).contains("WAIVED (1)");
        assertThat(run("waiver", "import", ".trivyignore", "--from", "trivyignore", "--out", "taken.yaml")
                        .err())
                .contains("taken.yaml is there already");
        assertThat(run("waiver", "import", ".trivyignore", "--from", "trivyignore")
                        .out())
                .contains("- id: CVE-2021-44906\n");
    }

    private static String schema() throws IOException {
        try (var in = ReportFormat.class.getResourceAsStream("result-1.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
