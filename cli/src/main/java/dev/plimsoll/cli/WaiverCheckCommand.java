package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.policy.waiver.Waiver.Validity;
import dev.plimsoll.policy.waiver.WaiverReading;
import dev.plimsoll.report.waiver.CheckedResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is wrong with waivers, and which are due.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Say what is wrong with waivers, which have expired or soon will, and, by results of check, which do nothing.",
        footer = {
            "",
            "Examples:",
            "  plimsoll waiver check",
            "  plimsoll check web.tar --policy bundle.json --waivers plimsoll-waivers.yaml -o json=web.json",
            "  plimsoll waiver check --result web.json --within 30d",
            "",
            "Exit codes: 0 they can be used; 1 there are errors."
        })
final class WaiverCheckCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|FOLDER",
            description = "Files of waivers, or folders of such (default: " + WaiverFiles.DEFAULT + ").")
    private List<String> places = List.of();

    @Option(
            names = "--result",
            split = "\n",
            paramLabel = "FILE",
            description =
                    "A result of `check --waivers … -o json=FILE`: which waivers it used. May be given several times, one for each image.")
    private List<String> results = List.of();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30d",
            description = "Name waivers that end within this time (default: ${DEFAULT-VALUE}).")
    private Duration within = Duration.ofDays(30);

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "As of this instant; default: now.")
    private @Nullable Instant at;

    WaiverCheckCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var readings = WaiverFiles.readings(environment, places.isEmpty() ? List.of(WaiverFiles.DEFAULT) : places);
        var checked = results.stream().map(this::result).toList();
        var errors = WaiverFiles.errors(readings);
        var lines = new ArrayList<String>();
        errors.forEach(error -> lines.add("error    " + error));
        WaiverFiles.warnings(readings).forEach(warning -> lines.add("warning  " + warning));
        var waivers =
                readings.stream().flatMap(reading -> reading.waivers().stream()).toList();
        var now = WaiverCommand.at(at, environment);
        for (var waiver : waivers) {
            lines.addAll(due(waiver, now));
            waiver.scope().breadth().forEach(clause -> lines.add("broad    " + named(waiver) + ": " + clause));
        }
        if (!checked.isEmpty()) {
            lines.addAll(use(readings, waivers, checked, now));
        }
        lines.forEach(line -> environment.out().println(dev.plimsoll.report.PlainText.of(line)));
        environment.out().println(conclusion(readings, errors, waivers, now));
        environment.out().flush();
        return (errors.isEmpty() ? ExitCode.PASS : ExitCode.ERROR).code();
    }

    private CheckedResult result(String place) {
        try {
            var result =
                    CheckedResult.read(WaiverFiles.bytes(environment, place, "a result", CheckedResult.MAX_LENGTH));
            if (result.waiverDigests().isEmpty()) {
                throw CommandException.usage(
                        place + " was made without waivers: give them to it, check --waivers FILE -o json=" + place);
            }
            return result;
        } catch (JsonException e) {
            throw CommandException.usage(place + " " + e.getMessage());
        }
    }

    private static String named(Waiver waiver) {
        return waiver.id() + (waiver.owner().isEmpty() ? "" : " (" + waiver.owner() + ")");
    }

    private List<String> due(Waiver waiver, Instant now) {
        return switch (waiver.validityAt(now)) {
            case EXPIRED ->
                List.of("expired  " + named(waiver) + ": on " + waiver.until().orElseThrow());
            case PENDING ->
                List.of("pending  " + named(waiver) + ": begins on "
                        + waiver.from().orElseThrow());
            case VALID -> {
                var end = waiver.until().orElse(Instant.MAX);
                yield WaiverListCommand.endsWithin(waiver, now, within)
                        ? List.of("soon     " + named(waiver) + ": ends on " + end + ", in " + days(now, end))
                        : List.of();
            }
        };
    }

    private static String days(Instant now, Instant end) {
        var days = Duration.between(now, end).toDays();
        return days == 0 ? "less than a day" : days == 1 ? "a day" : days + " days";
    }

    private static List<String> use(
            List<WaiverReading> readings, List<Waiver> waivers, List<CheckedResult> checked, Instant now) {
        var lines = new ArrayList<String>();
        var digests = readings.stream()
                .flatMap(reading -> reading.digest().stream())
                .sorted()
                .toList();
        for (var result : checked) {
            if (!result.waiverDigests().stream().sorted().toList().equals(digests)) {
                lines.add("warning  the result of " + result.imageName()
                        + " was made with other waivers, or other versions of them");
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (var result : checked) {
            for (var use : result.uses()) {
                counts.merge(use.waiver(), use.results(), Math::addExact);
                use.broad().stream()
                        .filter(clause -> clause.startsWith("it covers "))
                        .forEach(clause -> lines.add(
                                "broad    " + use.waiver() + ": " + clause + " (" + result.imageName() + ")"));
            }
        }
        for (var waiver : waivers) {
            int count = counts.getOrDefault(waiver.id(), 0);
            var what = count == 1 ? "a result" : count + " results";
            if (count == 0) {
                lines.add("unused   " + named(waiver) + ": covers nothing in "
                        + (checked.size() == 1 ? "the result" : "the " + checked.size() + " results"));
            } else if (waiver.validityAt(now) == Validity.EXPIRED) {
                lines.add("counts   " + named(waiver) + ": " + what + (count == 1 ? " counts" : " count")
                        + " again because it expired");
            } else {
                lines.add("used     " + named(waiver) + ": covers " + what);
            }
        }
        return lines;
    }

    private static String conclusion(
            List<WaiverReading> readings, List<String> errors, List<Waiver> waivers, Instant now) {
        var files = readings.size() == 1 ? readings.getFirst().file() : readings.size() + " files";
        long expired = waivers.stream()
                .filter(waiver -> waiver.validityAt(now) == Validity.EXPIRED)
                .count();
        return files + ": "
                + (errors.isEmpty()
                        ? "valid, " + counted(waivers.size(), "waiver")
                        : "not valid, " + counted(errors.size(), "error"))
                + (expired == 0 ? "" : ", " + expired + " expired");
    }

    private static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
