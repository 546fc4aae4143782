package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.Baseline;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResultReader;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.report.JsonFormat;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What counts as known before. The option of `check`.
final class BaselineArguments {

    private static final String OWN_BASE = "base";

    /// In bytes: a result begins with white space at most, and its brace.
    private static final int FIRST_BYTES = 64;

    @Option(
            names = "--baseline",
            paramLabel = "FILE|IMAGE|base",
            description = {
                "What counts as known before, so that a bundle can stop on what is new alone: a result (-o json=FILE), another image",
                "or inventory, which is judged the same way, or the word base for what comes with the image's own base."
            })
    private @Nullable String baseline;

    /// Reads or judges the baseline.
    ///
    /// @param inventory reads another image
    /// @param evidence makes what it is judged by
    /// @param judge the evaluation of this run
    Background addTo(
            Background background,
            Environment environment,
            Function<String, Inventory> inventory,
            Function<Inventory, Evidence> evidence,
            Function<Evidence, Verdict> judge) {
        if (baseline == null) {
            return background;
        }
        if (baseline.equals(OWN_BASE)) {
            return background.withBaseline(new Baseline.OwnBase(), new InputFile("baseline", "the image's own base"));
        }
        var file = environment.resolve(baseline);
        if (isResult(file)) {
            var read = BackgroundFile.read(file, "baseline", FormerResultReader.MAX_BYTES, FormerResultReader::read);
            return background.withBaseline(new Baseline.Former(read.value()), read.file());
        }
        var other = evidence.apply(inventory.apply(baseline));
        var digest = other.inventory()
                .image()
                .id()
                .or(() -> other.inventory().image().manifestDigest())
                .map(Object::toString)
                .orElse("not known");
        return background.withBaseline(
                new Baseline.Former(former(other, judge.apply(other))), new InputFile("baseline-image", digest));
    }

    /// The same that the run would have written of that image.
    private static FormerResult former(Evidence evidence, Verdict verdict) {
        var bytes = new ByteArrayOutputStream();
        try {
            new JsonFormat()
                    .write(
                            new Result(
                                    Version.text(),
                                    evidence.name().toString(),
                                    evidence.at(),
                                    evidence.inventory(),
                                    Optional.of(evidence.matches()),
                                    Optional.of(verdict)),
                            Presentation.PLAIN,
                            bytes);
            return FormerResultReader.read(bytes.toByteArray());
        } catch (IOException e) {
            throw CommandException.usage("--baseline: " + Failures.reason(e));
        }
    }

    private static boolean isResult(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FIRST_BYTES), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .strip()
                    .startsWith("{");
        } catch (IOException e) {
            throw CommandException.usage("--baseline: cannot read " + file + ": " + Failures.reason(e));
        }
    }
}
