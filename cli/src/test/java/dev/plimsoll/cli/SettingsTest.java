package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Options from variables and the configuration file.
final class SettingsTest {

    /// Two different values for each option; a new option without a row fails the test.
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry("policy", List.of("a.json", "b.json")),
            Map.entry("against", List.of("a.json", "b.json")),
            Map.entry("waivers", List.of("a", "b")),
            Map.entry("file", List.of("a", "b")),
            Map.entry("id", List.of("a", "b")),
            Map.entry("package", List.of("a", "b")),
            Map.entry("path", List.of("/a", "/b")),
            Map.entry("gate", List.of("files", "packages")),
            Map.entry("reason", List.of("mitigated", "accepted-risk")),
            Map.entry("justification", List.of("a", "b")),
            Map.entry("text", List.of("a", "b")),
            Map.entry("owner", List.of("a", "b")),
            Map.entry("approver", List.of("a", "b")),
            Map.entry("ticket", List.of("a", "b")),
            Map.entry("valid-from", List.of("2026-01-01", "2026-01-02")),
            Map.entry("until", List.of("2026-01-01", "2026-01-02")),
            Map.entry("effect", List.of("downgrade", "extend")),
            Map.entry("deadline", List.of("2026-01-01", "2026-01-02")),
            Map.entry("state", List.of("valid", "expired")),
            Map.entry("within", List.of("1d", "2d")),
            Map.entry("covers", List.of("a", "b")),
            Map.entry("json", List.of("true", "true")),
            Map.entry("result", List.of("a", "b")),
            Map.entry("author", List.of("a", "b")),
            Map.entry("product", List.of("a", "b")),
            Map.entry("strict", List.of("true", "true")),
            Map.entry("unmapped", List.of("go", "stop")),
            Map.entry("unknown-severity", List.of("stop", "go")),
            Map.entry("allow-backtracking", List.of("true", "true")),
            Map.entry("fail-on", List.of("high", "low")),
            Map.entry("digest", List.of("/a", "/b")),
            Map.entry("output", List.of("json", "table")),
            Map.entry("quiet", List.of("true", "true")),
            Map.entry("verbose", List.of("true", "true")),
            Map.entry("no-color", List.of("true", "true")),
            Map.entry("db", List.of("a.db", "b.db")),
            Map.entry("advisories", List.of("a", "b")),
            Map.entry("max-db-age", List.of("1h", "2h")),
            Map.entry("mutate", List.of("true", "true")),
            Map.entry("over", List.of("a", "b")),
            Map.entry("rule", List.of("a", "b")),
            Map.entry("at", List.of("2026-01-01", "2026-01-02")),
            Map.entry("distro", List.of("debian:12", "debian:11")),
            Map.entry("only-fixed", List.of("true", "true")),
            Map.entry("platform", List.of("linux/arm64", "linux/amd64")),
            Map.entry("as", List.of("a/b:1", "a/b:2")),
            Map.entry("dockerfile", List.of("a", "b")),
            Map.entry("ancestors", List.of("a", "b")),
            Map.entry("package-index", List.of("a", "b")),
            Map.entry("previous", List.of("a", "b")),
            Map.entry("baseline", List.of("a", "b")),
            Map.entry("stig", List.of("a", "b")),
            Map.entry("exclude", List.of("/a", "/b")),
            Map.entry("timeout", List.of("1m", "2m")),
            Map.entry("verify-diff-ids", List.of("true", "true")),
            Map.entry("max-manifest-bytes", List.of("11", "12")),
            Map.entry("max-layers", List.of("11", "12")),
            Map.entry("max-layer-entries", List.of("11", "12")),
            Map.entry("max-layer-unpacked-bytes", List.of("11", "12")),
            Map.entry("max-ratio", List.of("11", "12")),
            Map.entry("max-path-bytes", List.of("11", "12")),
            Map.entry("max-index-depth", List.of("11", "12")),
            Map.entry("max-spool-bytes", List.of("11", "12")),
            Map.entry("max-names-bytes", List.of("11", "12")),
            Map.entry("max-files", List.of("11", "12")),
            Map.entry("max-archive-entries", List.of("11", "12")),
            Map.entry("max-manifests", List.of("11", "12")),
            Map.entry("max-zstd-window-bytes", List.of("11", "12")),
            Map.entry("max-sparse-bytes", List.of("11", "12")),
            Map.entry("max-spooled-file-bytes", List.of("11", "12")),
            Map.entry("max-archives-unpacked-bytes", List.of("11", "12")),
            Map.entry("registry-username", List.of("a", "b")),
            Map.entry("registry-password", List.of("a", "b")),
            Map.entry("registry-password-stdin", List.of("true", "true")),
            Map.entry("registry-token", List.of("a", "b")),
            Map.entry("registry-ca", List.of("a", "b")),
            Map.entry("insecure-http", List.of("a", "b")),
            Map.entry("insecure-skip-tls-verify", List.of("a", "b")),
            Map.entry("image", List.of("a", "b")),
            Map.entry("docker-host", List.of("a", "b")),
            Map.entry("max-names", List.of("11", "12")),
            Map.entry("artifact-type", List.of("a", "b")),
            Map.entry("from", List.of("a", "b")),
            Map.entry("all", List.of("true", "true")),
            Map.entry("layer", List.of("11", "12")),
            Map.entry("raw", List.of("manifest", "configuration")),
            Map.entry("secrets", List.of("true", "true")),
            Map.entry("secret-rules-without", List.of("jwt", "netrc")),
            Map.entry("max-secret-file-bytes", List.of("11", "12")),
            Map.entry("search", List.of("a=b", "c=d")),
            Map.entry("retrieve", List.of("/a", "/b")),
            Map.entry("max-retrieved-bytes", List.of("11", "12")),
            Map.entry("malware", List.of("unix:/a", "tcp://127.0.0.1:1")),
            Map.entry("max-malware-bytes", List.of("11", "12")),
            Map.entry("malware-timeout", List.of("1m", "2m")),
            Map.entry("verify-files", List.of("true", "true")),
            Map.entry("go-symbols", List.of("true", "true")),
            Map.entry("digest-all", List.of("true", "true")),
            Map.entry("deleted-files", List.of("true", "true")),
            Map.entry("declared", List.of("always", "never")),
            Map.entry("without-analyzer", List.of("rpm-database", "apk-database")),
            Map.entry("out", List.of("a", "b")),
            Map.entry("format", List.of("json", "table")),
            Map.entry("to", List.of("1_0", "2")),
            Map.entry("yaml", List.of("true", "true")),
            Map.entry("for-anchore", List.of("true", "true")),
            Map.entry("production", List.of("true", "true")),
            Map.entry("images", List.of("a/b", "c/d")),
            Map.entry("from-pack", List.of("a", "b")),
            Map.entry("force", List.of("true", "true")),
            Map.entry("remote-url", List.of("http://a", "http://b")),
            Map.entry("remote-ca", List.of("a", "b")),
            Map.entry("remote-insecure", List.of("true", "true")),
            Map.entry("key-stdin", List.of("true", "true")),
            Map.entry("password-stdin", List.of("true", "true")),
            Map.entry("secret-stdin", List.of("a", "b")),
            Map.entry("plain-http", List.of("true", "true")),
            Map.entry("user", List.of("a", "b")),
            Map.entry("username", List.of("a", "b")),
            Map.entry("role", List.of("ci", "viewer")),
            Map.entry("permission", List.of("a", "b")),
            Map.entry("for-account", List.of("true", "true")),
            Map.entry("ends-in", List.of("1d", "2d")),
            Map.entry("bundle", List.of("1", "2")),
            Map.entry("no-wait", List.of("true", "true")),
            Map.entry("watch", List.of("5m", "6m")),
            Map.entry("every", List.of("5m", "6m")),
            Map.entry("repository", List.of("a", "b")),
            Map.entry("tag", List.of("a", "b")),
            Map.entry("limit", List.of("11", "12")),
            Map.entry("severity", List.of("high", "low")),
            Map.entry("fixable", List.of("true", "true")),
            Map.entry("known-exploited", List.of("true", "true")),
            Map.entry("new-only", List.of("true", "true")),
            Map.entry("verdict-change", List.of("true", "true")),
            Map.entry("decision", List.of("fail", "pass")),
            Map.entry("cause", List.of("KEV_ADDED", "ADVISORY_ADDED")),
            Map.entry("group", List.of("cve", "image")),
            Map.entry("window", List.of("1m", "2m")),
            Map.entry("history", List.of("true", "true")),
            Map.entry("activate", List.of("true", "true")),
            Map.entry("set", List.of("a=b", "c=d")),
            Map.entry("channel", List.of("a", "b")),
            Map.entry("name", List.of("a", "b")),
            Map.entry("dead", List.of("true", "true")),
            Map.entry("verify", List.of("true", "true")));

    @TempDir
    private Path folder;

    static List<List<String>> commands() {
        return List.of(
                List.of("check", "x"),
                List.of("vulns", "x"),
                List.of("sbom", "x"),
                List.of("explain", "x", "CVE-1-1"),
                List.of("db", "build"),
                List.of("db", "status"),
                List.of("db", "import", "x"),
                List.of("image", "ls", "x"),
                List.of("image", "cat", "x", "y"),
                List.of("image", "inspect", "x"),
                List.of("image", "layers", "x"),
                List.of("image", "tags", "x"),
                List.of("image", "referrers", "x"),
                List.of("image", "catalog", "x"),
                List.of("policy", "validate", "x"),
                List.of("waiver", "add", "x"),
                List.of("waiver", "check"),
                List.of("waiver", "ls"),
                List.of("waiver", "export"),
                List.of("waiver", "import", "x"),
                List.of("policy", "convert", "x"),
                List.of("policy", "init"),
                List.of("policy", "schema"),
                List.of("policy", "test", "x"),
                List.of("policy", "diff", "x", "y"),
                List.of("policy", "explain", "x"),
                List.of("policy", "simulate", "x"),
                List.of("policy", "show", "default"),
                List.of("remote", "login"),
                List.of("remote", "check", "x"),
                List.of("remote", "add", "x"),
                List.of("remote", "images"),
                List.of("remote", "findings", "x"),
                List.of("remote", "affected", "x"),
                List.of("remote", "verdict", "x"),
                List.of("remote", "watches", "ls"),
                List.of("remote", "bundles", "add", "x"),
                List.of("remote", "bundles", "what-if", "x"),
                List.of("remote", "waivers", "put", "x"),
                List.of("remote", "data", "import", "x"),
                List.of("remote", "data", "poll", "add", "x"),
                List.of("remote", "channels", "add", "x", "y"),
                List.of("remote", "subscribe", "x"),
                List.of("remote", "deliveries", "ls"),
                List.of("remote", "jobs", "ls"),
                List.of("remote", "registry", "add", "x"),
                List.of("remote", "users", "add", "x"),
                List.of("remote", "keys", "add", "x"),
                List.of("remote", "audit"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void takesEveryOptionFromTheFileAndFromAVariableWhichCountsMore(List<String> command) throws IOException {
        var names = new ArrayList<String>();
        for (var option :
                leaf(parse(Map.of(), required(command))).getCommandSpec().options()) {
            var name = option.longestName().substring(2);
            if (!List.of("help", "version", "config").contains(name)) {
                names.add(name);
            }
        }
        assertThat(names).isNotEmpty();
        for (var name : names) {
            var samples = name.equals("digest") && command.contains("import")
                    ? List.of("sha256:1", "sha256:2")
                    : SAMPLES.get(name);
            assertThat(samples).as("a sample for " + name).isNotNull();
            var byFlag = value(command, name, Map.of(), "--" + name + "=" + samples.get(0));
            var other = value(command, name, Map.of(), "--" + name + "=" + samples.get(1));

            Files.writeString(folder.resolve(".plimsoll.yaml"), name + ": '" + samples.get(0) + "'\n");
            assertThat(value(command, name, Map.of())).as("file: " + name).isEqualTo(byFlag);
            var variable = "PLIMSOLL_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            assertThat(value(command, name, Map.of(variable, samples.get(1))))
                    .as(variable + " before the file")
                    .isEqualTo(other);
            assertThat(value(command, name, Map.of(variable, samples.get(1)), "--" + name + "=" + samples.get(0)))
                    .as("--" + name + " before " + variable)
                    .isEqualTo(byFlag);
            Files.delete(folder.resolve(".plimsoll.yaml"));
        }
    }

    @Test
    void prefersTheNearestSectionOfTheFile() throws IOException {
        Files.writeString(
                folder.resolve(".plimsoll.yaml"),
                "out: all\ndb:\n  out: section\n  build:\n    out: command\npolicy: p.json\n");

        assertThat(value(List.of("db", "build"), "out", Map.of())).isEqualTo("command");
        assertThat(value(List.of("check", "x"), "policy", Map.of())).isEqualTo("[p.json]");
    }

    @Test
    void knowsKeysOfTheRemoteCommandsInAFileForAll() throws IOException {
        Files.writeString(
                folder.resolve(".plimsoll.yaml"),
                "remote-url: http://a\npolicy: p.json\nremote:\n  data:\n    poll:\n      add:\n        every: 2h\n");

        assertThat(value(List.of("check", "x"), "policy", Map.of())).isEqualTo("[p.json]");
        assertThat(value(List.of("remote", "images"), "remote-url", Map.of())).isEqualTo("http://a");
        assertThat(value(List.of("remote", "data", "poll", "add", "x"), "every", Map.of()))
                .isEqualTo("PT2H");
    }

    @Test
    void takesWhatIsCollectedFromASectionForAllCommands() throws IOException {
        Files.writeString(
                folder.resolve(".plimsoll.yaml"),
                "analysis:\n  secrets: true\n  declared: never\n  retrieve: [ /etc/a, /etc/b ]\nsbom:\n  declared: always\n");

        assertThat(value(List.of("check", "x"), "secrets", Map.of())).isEqualTo("true");
        assertThat(value(List.of("check", "x"), "retrieve", Map.of())).isEqualTo("[/etc/a, /etc/b]");
        assertThat(value(List.of("check", "x"), "declared", Map.of())).isEqualTo("NEVER");
        assertThat(value(List.of("sbom", "x"), "declared", Map.of())).isEqualTo("ALWAYS");
    }

    @Test
    void knowsEveryOptionOfTheSection() {
        var options = CommandLine.Model.CommandSpec.forAnnotatedObject(new AnalysisArguments())
                .options();

        assertThat(options)
                .extracting(option -> option.longestName().substring(2))
                .containsExactlyInAnyOrderElementsOf(AnalysisArguments.NAMES);
    }

    @Test
    void keepsWhatAValueLooksLike() throws IOException {
        Files.writeString(folder.resolve(".plimsoll.yaml"), "as: 1.10\nadvisories:\n  - one\n  - two, three\n");

        assertThat(value(List.of("check", "x"), "as", Map.of())).isEqualTo("1.10");
        assertThat(value(List.of("check", "x"), "advisories", Map.of())).isEqualTo("[one, two, three]");
    }

    @Test
    void leavesVariablesAloneThatMeanSomethingElse() {
        assertThat(Run.of(folder, Map.of("PLIMSOLL_VERSION", "1.2", "PLIMSOLL_HELP", "x"), "--version")
                        .code())
                .isZero();
        assertThat(Run.of(folder, Map.of("PLIMSOLL_VERSION", "1.2", "PLIMSOLL_HELP", "x"), "db", "status")
                        .err())
                .contains("there is no advisory database");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "polcy: x                        | line 1: 'polcy' is no option; did you mean policy?",
                "chek:\\n  policy: x             | 'chek' is no command; did you mean check?",
                "check:\\n  fail-on: high        | line 2: 'fail-on' is no option of check",
                "db:\\n  build:\\n    frm: x     | line 3: 'frm' is no option of db build; did you mean from?",
                "db: [a, b]                      | line 1: 'db' takes one value, not a list",
                "quiet: true\\nquiet: false      | line 2: 'quiet' stands there twice",
                "help: true                      | line 1: 'help' is no option",
                "version: true                   | line 1: 'version' is no option",
                "config: x                       | line 1: 'config' is no option",
                "quiet: true\\nstrict: maybe     | 'maybe' is neither true nor false (FILE, line 2)",
                "timeout: soon                   | 'soon' is no length of time; write for example 90s, 30m, 12h or 5d (FILE, line 1)",
                "unmapped: og                    | 'og' is none of stop, go; did you mean go? (FILE, line 1)",
                "max-layers: many                | is no whole number from 1 to 2147483647 (FILE, line 1)",
                "analysis:\\n  secret: true       | line 2: 'secret' is no option of analysis; did you mean secrets?",
                "analysis:\\n  policy: x          | line 2: 'policy' is no option of analysis",
                "analysys:\\n  secrets: true      | 'analysys' is no command; did you mean analysis?",
                "a: {b: {c: {d: {e: {f: g}}}}}   | 'e' nests too deep",
                "exclude: [[a]]                  | line 1: the list of 'exclude' may hold plain values only",
                "[a, b]                          | must hold keys with values",
                "policy: \"a                     | is not YAML",
            })
    void saysWhatIsWrongWithTheFileAndWhere(String text, String expected) throws IOException {
        var file = folder.resolve(".plimsoll.yaml");
        Files.writeString(file, text.strip().replace("\\n", "\n") + "\n");

        var run = Run.of(folder, "check", "x");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(file.toString()).contains(expected.replace("FILE", file.toString()));
    }

    @Test
    void namesTheVariableThatHoldsABadValue() {
        assertThat(Run.of(folder, Map.of("PLIMSOLL_STRICT", "maybe"), "check", "x")
                        .err())
                .contains("'maybe' is neither true nor false (PLIMSOLL_STRICT)");
        assertThat(Run.of(folder, Map.of("PLIMSOLL_AT", "maybe"), "check", "x", "--at", "soon")
                        .err())
                .contains("'soon' is no instant")
                .doesNotContain("PLIMSOLL_AT");
    }

    @Test
    void readsTheUsersOwnFileWhereThereIsNoneHere() throws IOException {
        Files.createDirectories(folder.resolve("config/plimsoll"));
        Files.writeString(folder.resolve("config/plimsoll/config.yaml"), "policy: own.json\n");
        var world = Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());

        assertThat(value(List.of("check", "x"), "policy", world)).isEqualTo("[own.json]");
        Files.writeString(folder.resolve(".plimsoll.yaml"), "policy: here.json\n");
        assertThat(value(List.of("check", "x"), "policy", world)).isEqualTo("[here.json]");
    }

    /// With the options that the command cannot do without.
    private static List<String> required(List<String> command) {
        var all = new ArrayList<>(command);
        if (command.contains("build")) {
            all.addAll(List.of("--from=f", "--out=o"));
        }
        if (command.contains("subscribe")) {
            all.add("--channel=c");
        }
        if (command.contains("registry")) {
            all.add("--username=u");
        }
        if (command.contains("users")) {
            all.add("--role=ci");
        }
        return all;
    }

    private String value(List<String> command, String name, Map<String, String> variables, String... more) {
        var all = new ArrayList<>(required(command));
        all.removeIf(argument -> argument.startsWith("--" + name + "="));
        all.addAll(List.of(more));
        OptionSpec option = leaf(parse(variables, all)).getCommandSpec().findOption("--" + name);
        Object value = option.getValue();
        return String.valueOf(value);
    }

    private CommandLine parse(Map<String, String> variables, List<String> arguments) {
        var world = new HashMap<>(variables);
        world.putIfAbsent("HOME", folder.resolve("home").toString());
        var words = arguments.toArray(String[]::new);
        var line = Main.commandLine(Run.environment(folder, world), words);
        line.parseArgs(words);
        return line;
    }

    private static CommandLine leaf(CommandLine line) {
        var parsed = line.getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec().commandLine();
    }
}
