package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.database.CompositeAdvisorySource;
import dev.plimsoll.advisory.osv.OsvFolder;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.bundle.DefaultBundle;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.testing.Facts;
import dev.plimsoll.policy.testing.PolicyTest;
import dev.plimsoll.policy.testing.SmallFacts;
import dev.plimsoll.policy.testing.TestFile;
import dev.plimsoll.policy.testing.TestFileReader;
import dev.plimsoll.policy.testing.TestSuite;
import dev.plimsoll.policy.waiver.Waivers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads tests of bundles with all that they name. What they name is relative to the file that names it.
final class TestFiles {

    /// Of a folder and its folders, that are looked at.
    static final int MAX_FILES = 2_000;

    /// Folders beneath one that is named.
    private static final int MAX_DEPTH = 8;

    private final Environment environment;
    private final boolean allowBacktracking;
    private final Map<Path, Inventory> inventories = new HashMap<>();
    private final Map<String, BundleSource> bundles = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TestFiles(Environment environment, boolean allowBacktracking) {
        this.environment = environment;
        this.allowBacktracking = allowBacktracking;
    }

    /// What lies in folders and is none of ours.
    List<String> notes() {
        return notes;
    }

    /// All tests, ready to be run.
    ///
    /// @param places files, and folders with such
    /// @throws CommandException where something is wrong, naming all of it
    List<TestSuite> read(List<String> places) {
        var suites = new ArrayList<TestSuite>();
        for (var place : places) {
            for (var file : files(place)) {
                suite(file, suites);
            }
        }
        if (!errors.isEmpty()) {
            throw CommandException.usage(
                    "the tests have " + (errors.size() == 1 ? "an error" : errors.size() + " errors") + "\n  "
                            + String.join("\n  ", errors));
        }
        return suites;
    }

    private List<String> files(String place) {
        var folder = environment.resolve(place);
        if (!Files.isDirectory(folder)) {
            return List.of(place);
        }
        var found = new ArrayList<String>();
        try (var paths = Files.walk(folder, MAX_DEPTH)) {
            var files = paths.filter(Files::isRegularFile)
                    .filter(TestFiles::mayHoldTests)
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw CommandException.usage("there are over " + MAX_FILES + " files in " + place);
            }
            for (var file : files) {
                var name = place
                        + (place.endsWith("/") ? "" : "/")
                        + folder.relativize(file).toString().replace('\\', '/');
                if (Files.size(file) <= TestFileReader.MAX_LENGTH
                        && TestFileReader.isMeantToHoldTests(name, Files.readAllBytes(file))) {
                    found.add(name);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw CommandException.usage("cannot read the folder " + place + ": " + Failures.reason(e));
        }
        if (found.isEmpty()) {
            throw CommandException.usage("there are no tests in the folder " + place
                    + ": it needs a file that ends in .yaml, .yml or .json and has 'tests'");
        }
        return found;
    }

    private static boolean mayHoldTests(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private void suite(String file, List<TestSuite> suites) {
        var reading =
                TestFileReader.read(file, WaiverFiles.bytes(environment, file, "tests", TestFileReader.MAX_LENGTH));
        reading.problems().forEach(problem -> errors.add(file + " " + problem));
        reading.file().ifPresent(tests -> suites.add(suite(file, tests)));
    }

    private TestSuite suite(String file, TestFile tests) {
        var sources = tests.policies().isEmpty()
                ? List.of(ofDefault())
                : tests.policies().stream()
                        .flatMap(policy -> PolicyFiles.files(List.of(beside(file, policy))).files().stream())
                        .flatMap(path -> bundle(path).stream())
                        .toList();
        var ids = new HashSet<String>();
        sources.stream()
                .map(source -> source.bundle().id())
                .filter(id -> !ids.add(id))
                .forEach(id -> errors.add(file + " /policy: two bundles have the id '" + id + "'"));
        var waivers = tests.waivers().isEmpty()
                ? Waivers.NONE
                : WaiverFiles.read(
                                environment,
                                tests.waivers().stream()
                                        .map(waiver -> beside(file, waiver).toString())
                                        .toList())
                        .waivers();
        var needs = sources.stream()
                .map(source -> source.bundle().needs())
                .reduce(AnalysisRequest.nothing(), AnalysisRequest::and);
        var prepared = tests.tests().stream()
                .map(test -> new TestSuite.Prepared(test, evidence(file, test, needs)))
                .toList();
        var suite = new TestSuite(file, sources, waivers, prepared);
        if (errors.isEmpty()) {
            suite.unknownRules().forEach(words -> errors.add(file + " " + words));
        }
        return suite;
    }

    private Path beside(String file, String named) {
        var parent = environment.resolve(file).getParent();
        return parent == null ? environment.resolve(named) : parent.resolve(named);
    }

    private BundleSource ofDefault() {
        return BundleSource.read(
                        "default", BundleTarget.json(DefaultBundle.tree()).getBytes(StandardCharsets.UTF_8), false)
                .source()
                .orElseThrow();
    }

    private Optional<BundleSource> bundle(Path path) {
        var known = bundles.get(path.toString());
        if (known != null) {
            return Optional.of(known);
        }
        var reading = BundleSource.read(path.toString(), PolicyFiles.bytes(path), allowBacktracking);
        if (reading.source().isEmpty()) {
            reading.problems().stream()
                    .filter(problem -> problem.severity() == BundleProblem.Severity.ERROR)
                    .forEach(problem -> errors.add(path + " " + problem));
        }
        reading.source().ifPresent(source -> bundles.put(path.toString(), source));
        return reading.source();
    }

    private Evidence evidence(String file, PolicyTest test, AnalysisRequest needs) {
        return switch (test.facts()) {
            case SmallFacts facts -> facts.evidence(test.image(), test.at(), needs);
            case Facts.Stored(var named, var advisories) -> {
                var inventory = inventory(beside(file, named));
                try (var source = advisories(file, advisories)) {
                    yield new Evidence(
                            inventory, Matcher.match(inventory, source, MatchOptions.DEFAULT), test.image(), test.at());
                } catch (IOException e) {
                    throw CommandException.usage(e);
                }
            }
        };
    }

    private AdvisorySource advisories(String file, List<String> folders) throws AdvisoryException {
        var sources = new ArrayList<AdvisorySource>();
        for (var folder : folders) {
            sources.add(OsvFolder.read(beside(file, folder)));
        }
        return new CompositeAdvisorySource(sources);
    }

    private Inventory inventory(Path path) {
        return inventories.computeIfAbsent(path, TestFiles::read);
    }

    private static Inventory read(Path path) {
        try {
            return InventoryReader.read(path);
        } catch (IOException e) {
            throw CommandException.usage(e);
        }
    }
}
