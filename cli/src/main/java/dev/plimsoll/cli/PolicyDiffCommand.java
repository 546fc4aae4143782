package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.difference.BundleDifference;
import dev.plimsoll.policy.difference.Change;
import dev.plimsoll.policy.difference.Direction;
import dev.plimsoll.policy.difference.Example;
import dev.plimsoll.policy.difference.RealImage;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.report.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says in what two bundles differ, by what they do.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Say in what two policy bundles differ: what is tightened, loosened or moved, with an example of each.",
        footer = {
            "",
            "Examples:",
            "  plimsoll policy diff old.json new.json",
            "  plimsoll policy diff old.json new.json --over inventories --db plimsoll.db -o json",
            "",
            "Exit codes: 0 compared, whether they differ or not; 1 usage or tool error."
        })
final class PolicyDiffCommand implements Callable<Integer> {

    /// Of a folder of inventories, that are asked.
    static final int MAX_INVENTORIES = 1_000;

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "A", description = "The bundle as it was.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "The bundle as it is to be.")
    private String after = "";

    @Option(
            names = "--over",
            paramLabel = "FOLDER",
            description = "Ask also about the images whose inventories (`sbom -o inventory=FILE`) lie in the folder.")
    private @Nullable String over;

    @Option(names = "--allow-backtracking", description = "Let patterns use look-around and back-references.")
    private boolean allowBacktracking;

    @Option(
            names = {"-o", "--format"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How it is written (default: ${DEFAULT-VALUE}).")
    private PolicyValidateCommand.Form form = PolicyValidateCommand.Form.TABLE;

    @Mixin
    private final DataArguments data = new DataArguments();

    PolicyDiffCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var difference = BundleDifference.of(source(before), source(after), real());
        switch (form) {
            case TABLE -> environment.out().print(text(difference));
            case JSON -> writeJson(difference);
        }
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private BundleSource source(String place) {
        return PolicyFiles.source(environment.resolve(place), allowBacktracking);
    }

    private List<RealImage> real() throws IOException {
        if (over == null) {
            return List.of();
        }
        var folder = environment.resolve(over);
        var at = data.at(environment);
        try (var source = data.open(environment)) {
            var images = new ArrayList<RealImage>();
            for (var file : inventories(folder, over)) {
                images.add(real(file, source, at));
            }
            return images;
        } catch (AdvisoryException e) {
            throw CommandException.usage(e);
        }
    }

    private static List<Path> inventories(Path folder, String named) {
        try (var files = Files.list(folder)) {
            var found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(MAX_INVENTORIES + 1L)
                    .toList();
            if (found.isEmpty()) {
                throw CommandException.usage("there is no inventory in the folder " + named + " (--over)");
            }
            if (found.size() > MAX_INVENTORIES) {
                throw CommandException.usage("there are over " + MAX_INVENTORIES + " inventories in " + named);
            }
            return found;
        } catch (IOException e) {
            throw CommandException.usage("cannot read the folder " + named + ": " + Failures.reason(e) + " (--over)");
        }
    }

    private RealImage real(Path file, AdvisorySource source, Instant at) throws IOException {
        try {
            var inventory = InventoryReader.read(file);
            var name = inventory.image().names().stream().findFirst();
            return new RealImage(
                    name.orElse(file.getFileName().toString()),
                    new Evidence(
                            inventory,
                            Matcher.match(inventory, source, data.matchOptions()),
                            name.map(ImageName::parse).orElse(ImageName.ANY),
                            at));
        } catch (IOException e) {
            throw CommandException.usage(e);
        }
    }

    private static String text(BundleDifference difference) {
        var text = new StringBuilder();
        for (var change : difference.changes()) {
            text.append(
                            change.direction() == Direction.NOT_SEEN
                                    ? "changed"
                                    : change.direction().word())
                    .append("  ")
                    .append(change.part())
                    .append(' ')
                    .append(PlainText.of(change.name()))
                    .append('\n');
            change.what()
                    .forEach(what ->
                            text.append("    ").append(PlainText.of(what)).append('\n'));
            change.examples()
                    .forEach(example -> text.append("    e.g. ")
                            .append(PlainText.of(words(example)))
                            .append('\n'));
            if (change.part().equals("rule") && change.examples().isEmpty()) {
                text.append("    no example was found that tells the two apart\n");
            }
        }
        if (difference.changes().isEmpty()) {
            return "the bundles demand the same\n";
        }
        return text.append('\n')
                .append(
                        difference.changes().size() == 1
                                ? "1 change: "
                                : difference.changes().size() + " changes: ")
                .append(difference.count(Direction.TIGHTENED))
                .append(" tightened, ")
                .append(difference.count(Direction.LOOSENED))
                .append(" loosened, ")
                .append(difference.count(Direction.MOVED))
                .append(" moved, ")
                .append(difference.count(Direction.NOT_SEEN))
                .append(" without an example\n")
                .toString();
    }

    private static String words(Example example) {
        return example.words() + ": " + example.before() + " before, " + example.after() + " now";
    }

    private void writeJson(BundleDifference difference) {
        try (var json = JsonWriter.indented(environment.out())) {
            json.object(() -> json.array(
                    "changes", () -> difference.changes().forEach(change -> json.object(() -> change(json, change)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(JsonWriter json, Change change) {
        json.member("part", change.part())
                .member("name", change.name())
                .member("direction", change.direction().word())
                .strings("what", change.what());
        json.array(
                "examples",
                () -> change.examples()
                        .forEach(example -> json.object(() -> json.member("words", example.words())
                                .member("before", example.before())
                                .member("after", example.after())
                                .member("facts", example.facts()))));
    }
}
