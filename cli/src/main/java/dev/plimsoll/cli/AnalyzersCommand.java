package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.scan.AnalyzerReference;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is looked for in an image.
@Command(
        name = "analyzers",
        mixinStandardHelpOptions = true,
        description = "Say what is looked for in an image: every analyzer, or all about one.",
        footer = {
            "",
            "Examples:",
            "  plimsoll analyzers",
            "  plimsoll analyzers go-binary",
            "  plimsoll analyzers --json",
            "",
            "Exit codes: 0 done; 1 there is no such analyzer."
        })
final class AnalyzersCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One analyzer, or an ecosystem.")
    private @Nullable String name;

    @Option(names = "--json", description = "As JSON: an array of declarations.")
    private boolean json;

    AnalyzersCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var chosen = chosen();
        if (json) {
            environment.out().println(json(chosen));
        } else if (name != null) {
            environment
                    .out()
                    .println(chosen.stream().map(AnalyzersCommand::whole).collect(Collectors.joining("\n")));
        } else {
            list(chosen);
        }
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private List<AnalyzerDeclaration> chosen() {
        var all = AnalyzerReference.sorted();
        if (name == null) {
            return all;
        }
        var found = all.stream()
                .filter(item ->
                        item.id().name().equals(name) || item.ecosystem().equalsIgnoreCase(name))
                .toList();
        if (found.isEmpty()) {
            var names = all.stream().map(item -> item.id().name()).toList();
            throw CommandException.usage("there is no analyzer '" + name + "'" + NearNames.question(name, names)
                    + "; `plimsoll analyzers` lists them");
        }
        return found;
    }

    private void list(List<AnalyzerDeclaration> all) {
        int widest = all.stream()
                .mapToInt(item -> item.id().toString().length())
                .max()
                .orElse(0);
        int widestEcosystem =
                all.stream().mapToInt(item -> item.ecosystem().length()).max().orElse(0);
        for (var item : all) {
            environment
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-" + widest + "s  %-" + widestEcosystem + "s  %-9s  %s",
                            item.id(),
                            item.ecosystem(),
                            item.evidence().name().toLowerCase(Locale.ROOT),
                            AnalyzerReference.reads(item, "")));
        }
    }

    private static String whole(AnalyzerDeclaration item) {
        var text = new StringBuilder();
        text.append(item.id()).append("  (").append(item.ecosystem()).append(")\n");
        line(text, "reads", AnalyzerReference.reads(item, ""));
        line(text, "evidence", item.evidence().name().toLowerCase(Locale.ROOT));
        line(
                text,
                "yields",
                item.types().stream().map(type -> "pkg:" + type.purlType()).collect(Collectors.joining(", ")));
        line(text, "gives", item.gives());
        line(
                text,
                "limits",
                item.limits().stream().map(AnalyzerReference::words).collect(Collectors.joining("; ")));
        line(text, "source", item.source());
        line(text, "held against", item.proof());
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String words) {
        if (!words.isEmpty()) {
            text.append(String.format(Locale.ROOT, "  %-13s %s%n", label, words));
        }
    }

    private static String json(List<AnalyzerDeclaration> all) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(out)) {
            writer.array(() -> all.forEach(item -> writer.object(() -> {
                writer.member("name", item.id().name())
                        .member("version", item.id().version())
                        .member("ecosystem", item.ecosystem())
                        .strings("reads", item.reads().globs())
                        .member("condition", item.reads().described())
                        .member("evidence", item.evidence().name().toLowerCase(Locale.ROOT))
                        .strings(
                                "types",
                                item.types().stream().map(PackageType::purlType).toList())
                        .member("gives", item.gives());
                writer.array(
                        "limits",
                        () -> item.limits()
                                .forEach(limit -> writer.object(() -> writer.member("what", limit.what())
                                        .member("most", limit.most())
                                        .member("unit", limit.unit()))));
                writer.member("source", item.source()).member("proof", item.proof());
            })));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
