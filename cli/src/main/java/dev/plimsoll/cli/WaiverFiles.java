package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverReading;
import dev.plimsoll.policy.waiver.Waivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads waivers from files and folders for the commands.
final class WaiverFiles {

    /// Where the commands look that are about one file.
    static final String DEFAULT = "plimsoll-waivers.yaml";

    /// In one folder.
    static final int MAX_FILES = 1_000;

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private WaiverFiles() {}

    /// Waivers without errors, and what to say about them.
    record Usable(Waivers waivers, List<String> warnings) {}

    /// Reads waivers that will be used.
    ///
    /// @throws CommandException where one has an error, naming all errors
    static Usable read(Environment environment, List<String> places) {
        var readings = readings(environment, places);
        var errors = errors(readings);
        if (!errors.isEmpty()) {
            throw CommandException.usage(
                    "the waivers have " + (errors.size() == 1 ? "an error" : errors.size() + " errors") + "\n  "
                            + String.join("\n  ", errors));
        }
        return new Usable(Waivers.of(readings), warnings(readings));
    }

    static List<String> errors(List<WaiverReading> readings) {
        var errors = new ArrayList<String>();
        readings.forEach(reading -> reading.errors().forEach(problem -> errors.add(reading.file() + " " + problem)));
        errors.addAll(Waivers.secondIds(readings));
        return errors;
    }

    static List<String> warnings(List<WaiverReading> readings) {
        var warnings = new ArrayList<String>();
        readings.forEach(
                reading -> reading.warnings().forEach(problem -> warnings.add(reading.file() + " " + problem)));
        return warnings;
    }

    /// All that there is to say about the files; of a folder those that end with `.yaml`, `.yml` or `.json`, by name.
    static List<WaiverReading> readings(Environment environment, List<String> places) {
        var files = new LinkedHashMap<Path, String>();
        for (var place : places) {
            var inIt = Files.isDirectory(environment.resolve(place)) ? inFolder(environment, place) : List.of(place);
            // a file that is named, and lies in a folder that is named, is read once
            inIt.forEach(file -> files.putIfAbsent(environment.resolve(file).normalize(), file));
        }
        return files.values().stream().map(file -> reading(environment, file)).toList();
    }

    private static List<String> inFolder(Environment environment, String folder) {
        try (var entries = Files.list(environment.resolve(folder))) {
            var names = entries.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> ENDINGS.stream().anyMatch(name::endsWith))
                    .sorted()
                    .limit(MAX_FILES + 1)
                    .toList();
            if (names.isEmpty()) {
                throw CommandException.usage(
                        "there are no waivers in " + folder + ": no file that ends with " + String.join(", ", ENDINGS));
            }
            if (names.size() > MAX_FILES) {
                throw CommandException.usage("there are over " + MAX_FILES + " files of waivers in " + folder);
            }
            return names.stream()
                    .map(name -> folder.endsWith("/") ? folder + name : folder + "/" + name)
                    .toList();
        } catch (IOException e) {
            throw CommandException.usage("cannot read the folder of waivers " + folder + ": " + Failures.reason(e));
        }
    }

    private static WaiverReading reading(Environment environment, String place) {
        return WaiverReader.read(place, bytes(environment, place, "waivers", WaiverReader.MAX_LENGTH));
    }

    /// @param what is in it, for messages
    /// @param most in bytes
    static byte[] bytes(Environment environment, String place, String what, long most) {
        var file = environment.resolve(place);
        try {
            if (!Files.exists(file)) {
                throw CommandException.usage("there is no file of " + what + " " + place);
            }
            if (Files.isDirectory(file)) {
                throw CommandException.usage(place + " is a folder, not a file of " + what);
            }
            try (var in = Files.newInputStream(file)) {
                var bytes = in.readNBytes(Math.toIntExact(most + 1));
                if (bytes.length > most) {
                    throw CommandException.usage("the file of " + what + " " + place + " is over " + most + " bytes");
                }
                return bytes;
            }
        } catch (IOException e) {
            throw CommandException.usage("cannot read the file of " + what + " " + place + ": " + Failures.reason(e));
        }
    }
}
