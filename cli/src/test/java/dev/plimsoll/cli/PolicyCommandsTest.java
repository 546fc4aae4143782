package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.command.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `plimsoll policy` and `plimsoll check` do with bundles.
final class PolicyCommandsTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String POLICY = Run.EXAMPLES.resolve("policy.json").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    /// A bundle with one rule.
    private static String bundle(String id, String action, String registry) {
        return """
                id: %s
                name: %s
                version: "2"
                rule_sets:
                  - id: set
                    rules:
                      - { id: r, gate: always, trigger: always, action: %s, params: [] }
                mappings:
                  - { id: m, name: m, registry: "%s", repository: "*", image: { type: tag, value: "*" }, rule_set_ids: [set] }
                """.formatted(id, id, action, registry);
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void namesItsCommands() {
        assertThat(Run.of(folder, "policy").err())
                .contains("name a command: policy validate, describe, init, show, convert, schema, test, diff, explain,"
                        + " simulate");
    }

    @Test
    void checksWithoutAPolicyByTheDefault() {
        var run = Run.of(folder, "check", STOREFRONT, "--advisories", ADVISORIES);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("Plimsoll's default policy, mapping every image", "CVE-2023-38545");
        assertThat(run.err()).contains("no --policy is given, so Plimsoll's default policy judges");
        assertThat(Run.of(folder, "check", STOREFRONT, "--advisories", ADVISORIES, "-q")
                        .err())
                .isEmpty();
    }

    @Test
    void whoHasNoDataYetGetsNoVerdictAndLearnsWhatToDo() {
        var run = Run.of(folder, "check", STOREFRONT);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).startsWith("DATA MISSING").contains("there is no advisory data for debian:12");
        assertThat(run.err()).contains("plimsoll db build");
    }

    @Test
    void judgesByAFolderOfBundles() throws IOException {
        write("team/a.yaml", bundle("a", "WARN", "*"));
        write("team/b.yml", bundle("b", "STOP", "elsewhere.example"));
        write("team/c.json", Files.readString(Path.of(POLICY)));
        write("team/.hidden.json", "{");
        write("team/notes.txt", "{");
        write("team/waivers.yaml", "waivers: []\n");
        write("team/more/d.yaml", "{");

        var run = Run.of(folder, "check", STOREFRONT, "--policy", "team", "--advisories", ADVISORIES, "-o", "json");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("waivers.yaml is no policy bundle and is passed over")
                .doesNotContain("notes.txt", "hidden");
        assertThat(run.out())
                .contains(
                        "\"bundles\": [",
                        "\"ruleSet\": \"a/set\"",
                        "\"ruleSet\": \"storefront-production/baseline\"",
                        "\"explanation\": \"By Storefront in production: ");
        assertThat(run.out().lines().filter(line -> line.contains("\"name\": \"bundle\"")))
                .hasSize(3);
        assertThat(Run.of(folder, "check", STOREFRONT, "--policy", "team", "--advisories", ADVISORIES)
                        .out()
                        .replaceAll("\\s+", " "))
                .contains(
                        "policy a, mapping m: pass; b, no mapping: does not cover the image; Storefront in production,"
                                + " mapping Everything of the shop: fail");
    }

    @Test
    void judgesBySeveralFiles() throws IOException {
        write("a.yaml", bundle("a", "WARN", "*"));
        write("b.yaml", bundle("b", "GO", "*"));

        assertThat(Run.of(folder, "check", STOREFRONT, "--policy", "a.yaml", "--policy", "b.yaml")
                        .code())
                .isZero();
        assertThat(Run.of(folder, "check", STOREFRONT, "--policy", "a.yaml", "--policy", "b.yaml", "--strict")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void refusesTwoBundlesOfOneIdAndFoldersWithoutAny() throws IOException {
        write("a.yaml", bundle("same", "WARN", "*"));
        write("b.yaml", bundle("same", "GO", "*"));
        write("empty/readme.md", "");

        var twice = Run.of(folder, "check", STOREFRONT, "--policy", "a.yaml", "--policy", "b.yaml");
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("a.yaml and ", "b.yaml have the same id 'same': give each its own");
        assertThat(Run.of(folder, "policy", "validate", "a.yaml", "b.yaml").out())
                .contains("error    /id: the policy bundles", "b.yaml: not valid, 1 error");
        var empty = Run.of(folder, "check", STOREFRONT, "--policy", "empty");
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("there is no policy bundle in the folder", ".json, .yaml or .yml");
    }

    @Test
    void validatesFoldersAndWritesJson() throws IOException {
        write("team/a.yaml", bundle("a", "WARN", "*"));
        write("team/b.yaml", bundle("b", "HALT", "*"));

        var run = Run.of(folder, "policy", "validate", "team", "-o", "json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("\"valid\": true", "\"id\": \"a\"", "\"formatVersion\": \"2\"", "\"digest\": \"sha256:")
                .contains(
                        "\"valid\": false", "\"pointer\": \"/rule_sets/0/rules/0/action\"", "\"severity\": \"error\"");
    }

    @Test
    void tellsOfItemsThatExpired() throws IOException {
        write(
                "a.yaml",
                bundle("a", "WARN", "*").replace("rule_set_ids: [set]", "rule_set_ids: [set], allowlist_ids: [l]")
                        + "allowlists: [{ id: l, items: [{ id: i, gate: always, trigger_id: always, expires_on: 2026-11-01T00:00:00Z }] }]\n");

        assertThat(Run.of(folder, "policy", "validate", "a.yaml").out())
                .contains("warning  /allowlists/0/items/0/expires_on: it expired on 2026-11-01T00:00:00Z");
        assertThat(Run.of(folder, "policy", "validate", "a.yaml", "--at", "2026-10-01")
                        .out())
                .doesNotContain("warning");
    }

    @Test
    void convertsBothWays() throws IOException {
        var yaml = Run.of(folder, "policy", "convert", POLICY, "--to", "1_0", "-o", "older.yaml");
        assertThat(yaml.code()).as(yaml.err()).isZero();
        assertThat(yaml.out()).isEmpty();
        assertThat(Files.readString(folder.resolve("older.yaml")))
                .contains("version: \"1_0\"", "policies:", "trigger: blacklist");
        var back = Run.of(folder, "policy", "convert", "older.yaml", "--to", "2");
        assertThat(back.out()).startsWith("{\n").contains("\"rule_sets\"", "\"trigger\": \"denylist\"");

        var plain = Run.of(folder, "policy", "convert", POLICY, "--yaml");
        assertThat(plain.out()).contains("version: \"2\"");
        assertThat(Run.of(folder, "policy", "convert", POLICY, "--to", "3").err())
                .contains("'3' is no format; formats are 1_0 and 2");
        write("bad.json", "{\"version\":\"2\"}");
        var bad = Run.of(folder, "policy", "convert", "bad.json", "--to", "1_0");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains("cannot be converted", "the member 'rule_sets' is missing");
    }

    @Test
    void saysWhatTheOtherFormatCannot() throws IOException {
        write("a.yaml", bundle("a", "WARN", "*").replace("params: []", "params: [], plimsoll: { unknown_action: GO }"));

        assertThat(Run.of(folder, "policy", "convert", "a.yaml", "--to", "1_0").err())
                .contains(
                        "plimsoll: warning: /rule_sets/0/rules/0/plimsoll: 'plimsoll' is kept; Anchore passes it over");
        var stripped = Run.of(folder, "policy", "convert", "a.yaml", "--to", "1_0", "--for-anchore");
        assertThat(stripped.err()).contains("'plimsoll' is left out");
        assertThat(stripped.out()).doesNotContain("plimsoll");
    }

    @Test
    void describes() {
        assertThat(Run.of(folder, "policy", "describe").out()).startsWith("GATES\n  always ");
        assertThat(Run.of(folder, "policy", "describe", "Files").out()).contains("TRIGGERS", "  name_match ");
        assertThat(Run.of(folder, "policy", "describe", "packages", "BLACKLIST").out())
                .startsWith("packages denylist\n");
        var mistyped = Run.of(folder, "policy", "describe", "package");
        assertThat(mistyped.code()).isEqualTo(1);
        assertThat(mistyped.err()).contains("there is no gate 'package'", "did you mean packages?");
        assertThat(Run.of(folder, "policy", "describe", "files", "name_mach").err())
                .contains("has no trigger 'name_mach'", "did you mean name_match?");
    }

    @Test
    void showsTheDefault() throws IOException {
        write("default.yaml", Run.of(folder, "policy", "show", "default").out());
        write(
                "default.json",
                Run.of(folder, "policy", "show", "default", "--json").out());

        assertThat(Run.of(folder, "policy", "validate", "default.yaml").out()).endsWith("default.yaml: valid\n");
        assertThat(Run.of(folder, "policy", "validate", "default.json").out()).endsWith("default.json: valid\n");
        assertThat(Run.of(folder, "policy", "show", "nothing").err()).contains("there is: default");
    }

    @ParameterizedTest
    @CsvSource({"--production", "--strict", "--force", "--images=registry.example/shop/*", "--id=ours"})
    void startsAPolicyWithoutATerminal(String option) {
        var run = Run.of(folder, "policy", "init", option);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "plimsoll: wrote policy.yaml; judge an image by it: plimsoll check IMAGE --policy policy.yaml\n");
        assertThat(Run.of(folder, "policy", "validate", "policy.yaml").out()).endsWith("policy.yaml: valid\n");
        var again = Run.of(folder, "policy", "init", "--id=x");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("there is a file policy.yaml already");
    }

    @Test
    void asksOnATerminal() throws IOException {
        var run = onTerminal("shop-policy\nregistry.example/shop/*\nstrict\n", "policy", "init");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("A name for the policy [my-policy]: ", "How strict: default, production or strict");
        assertThat(Files.readString(folder.resolve("policy.yaml")))
                .contains(
                        "id: shop-policy",
                        "registry: registry.example",
                        "repository: \"shop/*\"",
                        "critical-without-fix");
    }

    @Test
    void takesItsProposalsWhereNobodyAnswers() throws IOException {
        assertThat(onTerminal("\n", "policy", "init").code()).isZero();
        assertThat(Files.readString(folder.resolve("policy.yaml")))
                .contains("id: my-policy", "# High vulnerabilities that have a fix are told, and stop");
        assertThat(onTerminal("x\nnonsense\n", "policy", "init", "-o", "b.yaml").err())
                .contains("'nonsense' is no REGISTRY/REPOSITORY");
        assertThat(onTerminal("x\n\nsoft\n", "policy", "init", "-o", "b.yaml").err())
                .contains("'soft' is none of default, production, strict");
    }

    private Run onTerminal(String answers, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var environment = new Environment(
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("HOME", folder.toString()),
                true,
                true,
                Optional.of(80),
                folder,
                Clock.fixed(Run.NOW, ZoneOffset.UTC));
        var code = Main.run(arguments, environment);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void beginsWithAnothersBundle() throws IOException {
        write(
                "older.json",
                Run.of(folder, "policy", "convert", POLICY, "--to", "1_0").out());

        assertThat(Run.of(folder, "policy", "init", "--from-pack", "older.json", "-o", "mine.yaml")
                        .code())
                .isZero();
        assertThat(Files.readString(folder.resolve("mine.yaml")))
                .startsWith("# What images must be.")
                .contains("version: \"2\"");
        assertThat(Run.of(folder, "policy", "init", "--from-pack", "default", "-o", "-")
                        .out())
                .contains("id: plimsoll-default");
        assertThat(Run.of(folder, "policy", "init", "--from-pack", "nothing", "-o", "-")
                        .err())
                .contains("there is neither a pack nor a file 'nothing'; packs are: default");
        assertThat(Run.of(folder, "policy", "init", "--from-pack", "default", "--strict", "-o", "-")
                        .err())
                .contains("takes the bundle as it is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_0", "2"})
    void printsSchemas(String version) {
        assertThat(Run.of(folder, "policy", "schema", version).out())
                .startsWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("Policy bundle, format " + version);
        assertThat(Run.of(folder, "policy", "schema", "3").err()).contains("formats are 1_0, 2, test");
    }
}
