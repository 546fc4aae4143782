package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks to be told.
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description = "Be told of what happens, by a channel: tag_update, analysis_update, vuln_update, policy_eval.",
        footer = {
            "",
            "Examples:",
            "  plimsoll remote subscribe vuln_update --channel shop --severity high --fixable --new-only",
            "  plimsoll remote subscribe policy_eval --channel tickets --verdict-change --repository 'registry.example/shop/*'"
        })
final class SubscribeCommand extends RemoteTask {

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND",
            description = "What to hear of: tag_update, analysis_update, vuln_update, policy_eval.")
    private List<String> kinds = List.of();

    @Option(names = "--channel", required = true, paramLabel = "NAME", description = "By which channel.")
    private String channel = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the subscription is called; default: made of channel and kinds.")
    private @Nullable String name;

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only vulnerabilities at least so severe.")
    private @Nullable String severity;

    @Option(names = "--fixable", description = "Only vulnerabilities for which there is a fix.")
    private boolean fixable;

    @Option(
            names = "--known-exploited",
            description = "Only vulnerabilities that are known to be exploited (CISA KEV).")
    private boolean knownExploited;

    @Option(names = "--new-only", description = "Only what is new, not what changed or went.")
    private boolean newOnly;

    @Option(names = "--verdict-change", description = "Only where the decision became another one.")
    private boolean verdictChange;

    @Option(
            names = "--decision",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "DECISION",
            description = "Only where the decision now is this: pass, fail, unknown, data_missing.")
    private List<String> decisions = List.of();

    @Option(
            names = "--cause",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "CAUSE",
            description = "Only for this cause: ADVISORY_ADDED, KEV_ADDED, POLICY_CHANGED, ….")
    private List<String> causes = List.of();

    @Option(
            names = "--repository",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "GLOB",
            description = "Only images of such names: registry.example/shop/*; may be given several times.")
    private List<String> repositories = List.of();

    @Option(
            names = "--group",
            paramLabel = "cve|image|none",
            defaultValue = "cve",
            description = "What one message is about (default: ${DEFAULT-VALUE}).")
    private String group = "cve";

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "1m",
            description = "How long to gather for one message (default: ${DEFAULT-VALUE}).")
    private Duration window = Duration.ofMinutes(1);

    SubscribeCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var named = Optional.ofNullable(name).orElseGet(() -> channel + "-" + String.join("-", kinds));
        client.post("/subscriptions", Bodies.json(json -> {
            json.member("name", named).member("channel", channel).strings("kinds", kinds);
            json.object("filter", () -> filter(json));
            json.member("grouping", group).member("window_seconds", window.toSeconds());
        }));
        say("subscribed as " + named);
        return ExitCode.PASS;
    }

    /// What is not asked for does not stand there.
    private void filter(JsonWriter json) {
        json.member("severity", Optional.ofNullable(severity));
        flag(json, "fixable", fixable);
        flag(json, "known_exploited", knownExploited);
        flag(json, "new_only", newOnly);
        flag(json, "verdict_change", verdictChange);
        words(json, "decisions", decisions);
        words(json, "causes", causes);
        words(json, "repositories", repositories);
    }

    private static void flag(JsonWriter json, String name, boolean asked) {
        if (asked) {
            json.member(name, true);
        }
    }

    private static void words(JsonWriter json, String name, List<String> words) {
        if (!words.isEmpty()) {
            json.strings(name, words);
        }
    }
}
