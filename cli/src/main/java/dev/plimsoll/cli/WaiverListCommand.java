package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.waiver.Effect;
import dev.plimsoll.policy.waiver.Justification;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.report.WaiverTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists waivers.
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "List waivers: what they cover, why, who looks after them, until when.",
        footer = {
            "",
            "Examples:",
            "  plimsoll waiver ls",
            "  plimsoll waiver ls waivers/ --owner shop@example.org --within 30d",
            "",
            "Exit codes: 0 listed; 1 a file cannot be read or has errors."
        })
final class WaiverListCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|FOLDER",
            description = "Files of waivers, or folders of such (default: " + WaiverFiles.DEFAULT + ").")
    private List<String> places = List.of();

    @Option(names = "--owner", paramLabel = "WHO", description = "Only those that this one looks after.")
    private @Nullable String owner;

    @Option(names = "--reason", paramLabel = "CODE", description = "Only those for this reason.")
    private @Nullable String reason;

    @Option(names = "--state", paramLabel = "pending|valid|expired", description = "Only those in this state.")
    private Waiver.@Nullable Validity state;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Only valid ones that end within this time: 30d.")
    private @Nullable Duration within;

    @Option(
            names = "--covers",
            paramLabel = "ID",
            description = "Only those whose scope names this vulnerability or result.")
    private @Nullable String covers;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "As of this instant; default: now.")
    private @Nullable Instant at;

    @Option(names = "--json", description = "As JSON: an array of waivers.")
    private boolean json;

    WaiverListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var all = WaiverFiles.read(environment, places.isEmpty() ? List.of(WaiverFiles.DEFAULT) : places)
                .waivers()
                .all();
        var now = WaiverCommand.at(at, environment);
        var chosen = all.stream().filter(waiver -> isWanted(waiver, now)).toList();
        environment.out().print(json ? json(chosen, now) : WaiverTable.of(chosen, now, environment.width()));
        if (!json && chosen.size() < all.size()) {
            environment.out().println(chosen.size() + " of " + all.size() + " waivers");
        }
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private boolean isWanted(Waiver waiver, Instant now) {
        return (owner == null || waiver.owner().equals(owner))
                && (reason == null || waiver.reason().word().equals(reason))
                && (state == null || waiver.validityAt(now) == state)
                && (within == null || endsWithin(waiver, now, within))
                && (covers == null || names(waiver.scope(), covers));
    }

    /// Whether it is valid and its end lies within that time.
    static boolean endsWithin(Waiver waiver, Instant now, Duration time) {
        return waiver.validityAt(now) == Waiver.Validity.VALID
                && waiver.until().map(end -> !end.isAfter(now.plus(time))).orElse(false);
    }

    private static boolean names(Scope scope, String id) {
        return scope.ids().stream().anyMatch(pattern -> pattern.matches(id));
    }

    private static String json(List<Waiver> waivers, Instant now) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(out)) {
            writer.array(() -> waivers.forEach(waiver -> writer.object(() -> waiver(writer, waiver, now))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void waiver(JsonWriter json, Waiver waiver, Instant now) {
        json.member("id", waiver.id())
                .member("state", waiver.validityAt(now).name().toLowerCase(Locale.ROOT))
                .member("reason", waiver.reason().word())
                .member("justification", waiver.justification().map(Justification::word))
                .member("text", waiver.text())
                .member("owner", waiver.owner())
                .member("approver", waiver.approver())
                .member("ticket", waiver.ticket())
                .member("from", waiver.from().map(Instant::toString))
                .member("until", waiver.until().map(Instant::toString))
                .member("effect", waiver.effect().word());
        if (waiver.effect() instanceof Effect.Extend(var deadline)) {
            json.member("deadline", deadline.toString());
        }
        var scope = waiver.scope();
        json.object("scope", () -> {
            condition(json, "ids", scope.ids());
            condition(json, "packages", scope.packages());
            condition(json, "images", scope.images());
            condition(
                    json,
                    "paths",
                    scope.paths().stream().map(glob -> "/" + glob.text()).toList());
            condition(json, "layers", scope.layers());
            condition(json, "gates", scope.gates());
        });
        json.strings("broad", scope.breadth()).member("file", waiver.file());
    }

    private static void condition(JsonWriter json, String name, List<?> entries) {
        if (!entries.isEmpty()) {
            json.strings(name, entries.stream().map(Object::toString).toList());
        }
    }
}
