package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.BundleReading;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.bundle.DefaultBundle;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads bundles from files for the commands.
final class PolicyFiles {

    /// In bytes, of a bundle's file.
    static final long MAX_FILE = 64L << 20;

    /// Files of a folder that are looked at.
    static final int MAX_FILES = 1000;

    private PolicyFiles() {}

    /// Bundles without errors and with different ids, and what to say about them.
    record UsableBundles(List<Bundle> bundles, List<String> warnings) {
        UsableBundles {
            bundles = List.copyOf(bundles);
            warnings = List.copyOf(warnings);
        }

        /// What their rules need a run to collect.
        AnalysisRequest needs() {
            return bundles.stream().map(Bundle::needs).reduce(AnalysisRequest.nothing(), AnalysisRequest::and);
        }
    }

    /// What judges where no file is named.
    static UsableBundles ofDefault() {
        return new UsableBundles(
                List.of(DefaultBundle.bundle()),
                List.of(
                        "no --policy is given, so Plimsoll's default policy judges; `plimsoll policy show default` prints it"));
    }

    /// Reads bundles that will be used.
    ///
    /// @param places files and folders, in the order in which they were named
    /// @throws CommandException when one has errors, naming all of them, or when two have one id
    static UsableBundles read(List<Path> places, boolean allowBacktracking) {
        var listing = files(places);
        var warnings = new ArrayList<>(listing.notes());
        Map<String, Path> ids = new LinkedHashMap<>();
        var bundles = new ArrayList<Bundle>();
        for (var file : listing.files()) {
            var reading = reading(file, allowBacktracking);
            var bundle = usable(file, reading);
            var other = ids.putIfAbsent(bundle.id(), file);
            if (other != null) {
                throw CommandException.usage(sameId(other, file, bundle.id()));
            }
            bundles.add(bundle);
            var origin = listing.files().size() == 1 ? "" : file + " ";
            reading.warnings().forEach(warning -> warnings.add(origin + warning));
        }
        return new UsableBundles(bundles, warnings);
    }

    static String sameId(Path one, Path other, String id) {
        return "the policy bundles " + one + " and " + other + " have the same id '" + id
                + "': give each its own, so that results tell them apart, or name one of them only";
    }

    private static Bundle usable(Path file, BundleReading reading) {
        var errors = reading.errors();
        if (reading.bundle().isPresent() && errors.isEmpty()) {
            return reading.bundle().get();
        }
        throw refused(file, errors);
    }

    private static CommandException refused(Path file, List<BundleProblem> errors) {
        var text = new StringBuilder(
                "the policy bundle " + file + " has " + (errors.size() == 1 ? "an error" : errors.size() + " errors"));
        errors.forEach(error -> text.append("\n  ").append(error));
        return CommandException.usage(text.toString());
    }

    /// Files that are bundles.
    ///
    /// @param notes what lies beside them and is none
    record Listing(List<Path> files, List<String> notes) {}

    /// The files that are named, and those of the folders that are named: bundles in JSON and YAML directly within, by
    /// name; what is meant to be something else is passed over.
    static Listing files(List<Path> places) {
        var files = new ArrayList<Path>();
        var notes = new ArrayList<String>();
        for (var place : places) {
            if (!Files.isDirectory(place)) {
                files.add(place);
                continue;
            }
            int before = files.size();
            for (var file : within(place)) {
                if (BundleReader.isMeantToBeABundle(file.toString(), bytes(file))) {
                    files.add(file);
                } else {
                    notes.add(file + " is no policy bundle and is passed over");
                }
            }
            if (files.size() == before) {
                throw CommandException.usage("there is no policy bundle in the folder " + place
                        + ": it needs a file that ends in .json, .yaml or .yml and has rules");
            }
        }
        return new Listing(files, notes);
    }

    private static List<Path> within(Path folder) {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
                if (!name.startsWith(".")
                        && (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml"))
                        && Files.isRegularFile(entry)) {
                    files.add(entry);
                }
                if (files.size() > MAX_FILES) {
                    throw CommandException.usage("the folder " + folder + " has over " + MAX_FILES + " files");
                }
            }
        } catch (IOException e) {
            throw CommandException.usage("cannot read the folder " + folder + ": " + Failures.reason(e));
        } catch (DirectoryIteratorException e) {
            var cause = e.getCause();
            throw CommandException.usage(
                    "cannot read the folder " + folder + (cause == null ? "" : ": " + Failures.reason(cause)));
        }
        files.sort(null);
        return files;
    }

    /// All that there is to say about a bundle's file.
    static BundleReading reading(Path file, boolean allowBacktracking) {
        return BundleReader.read(file.toString(), bytes(file), allowBacktracking);
    }

    /// A bundle with the text of its rules.
    ///
    /// @throws CommandException when it has errors, naming all of them
    static BundleSource source(Path file, boolean allowBacktracking) {
        var reading = BundleSource.read(file.toString(), bytes(file), allowBacktracking);
        return reading.source()
                .orElseThrow(() -> refused(
                        file,
                        reading.problems().stream()
                                .filter(problem -> problem.severity() == Severity.ERROR)
                                .toList()));
    }

    static byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw CommandException.usage(file + " is a folder, not a policy bundle");
            }
            if (!Files.exists(file)) {
                throw CommandException.usage("there is no policy bundle " + file);
            }
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.usage("the policy bundle " + file + " is over " + MAX_FILE + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandException.usage("cannot read the policy bundle " + file + ": " + Failures.reason(e));
        }
    }
}
