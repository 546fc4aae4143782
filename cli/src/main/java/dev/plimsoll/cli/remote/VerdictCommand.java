package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verdict that the server keeps: in milliseconds, without a report.
@Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        description = "Say the verdict on an image that the server keeps, or all that there were.",
        footer = {
            "",
            "Examples:",
            "  plimsoll remote verdict registry.example/shop/web:1.4",
            "  plimsoll remote verdict registry.example/shop/web:1.4 --at 2026-06-01",
            "  plimsoll remote verdict registry.example/shop/web:1.4 --history",
            "",
            "Exit codes: 0 pass; 1 usage, server or tool error; 2 fail; 3 no verdict; 4 advisory data missing.",
            "With --history: 0 listed."
        })
final class VerdictCommand extends RemoteTask {

    private static final List<Field> HISTORY = List.of(
            Field.of("SINCE", "since"),
            Field.of("UNTIL", "until"),
            Field.of("VERDICT", "decision"),
            Field.wrapped("NAME", "name"),
            Field.of("STOPS", "stops"),
            Field.of("WARNS", "warns"),
            Field.wrapped("BECAUSE", "causes"));

    @Parameters(paramLabel = "IMAGE", description = "A reference that the server knows, or a digest.")
    private String image = "";

    @Option(names = "--as", paramLabel = "NAME", description = "Under which of its names.")
    private @Nullable String name;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "The verdict of this instant, and by which data.")
    private @Nullable Instant at;

    @Option(names = "--history", description = "All verdicts that there were, the last first.")
    private boolean history;

    @Mixin
    private final ListArguments list = new ListArguments();

    VerdictCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var known = KnownImage.of(client, image, at);
        var path = "/images/" + known.digest();
        var query = Query.NONE.with("name", Optional.ofNullable(name).or(known::name));
        if (history) {
            return list.print(environment(), client, path + "/verdicts", query, HISTORY, "no verdict yet");
        }
        var verdict = client.get(path + "/verdict", query.at(at));
        if (list.isJson()) {
            environment().out().print(ListArguments.line(verdict));
        } else {
            print(verdict);
        }
        return code(verdict.string("decision").orElse(""));
    }

    private void print(JsonObject verdict) {
        say(Field.text(verdict, "decision").toUpperCase(Locale.ROOT) + "  " + image);
        line("because", Field.text(verdict, "explanation"));
        line(
                "rules",
                Field.text(verdict, "stops") + " stop, " + Field.text(verdict, "warns") + " warn, "
                        + Field.text(verdict, "waived") + " waived");
        line("bundle", Field.text(verdict, "bundle.id") + version(verdict));
        line("data", "revision " + Field.text(verdict, "revision"));
        line("since", Field.text(verdict, "since"));
        line("until", Field.text(verdict, "until"));
        line("caused by", Field.text(verdict, "causes"));
        line("holds until", Field.text(verdict, "lease.at"));
    }

    private static String version(JsonObject verdict) {
        var version = Field.text(verdict, "bundle.version");
        return version.equals("-") ? "" : ", version " + version;
    }

    private void line(String label, String text) {
        if (!text.equals("-")) {
            say("  " + label + " ".repeat(13 - label.length()) + text);
        }
    }

    private static ExitCode code(String decision) {
        return switch (decision) {
            case "pass" -> ExitCode.PASS;
            case "fail" -> ExitCode.FAIL;
            case "data_missing" -> ExitCode.DATA_MISSING;
            default -> ExitCode.NO_VERDICT;
        };
    }
}
