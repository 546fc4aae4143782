package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.Explanation;
import dev.plimsoll.matching.Explanation.Outcome;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchReason;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.report.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says why a vulnerability was found in an image, or why not.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Say why a vulnerability was found in an image, or why not: package, place, range, source record.",
        footer = {
            "",
            "Example:",
            "  plimsoll explain image.tar CVE-2011-3374",
            "",
            "Exit codes: 0 explained, whether it matches or not; 1 usage or tool error."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int OTHERS_SHOWN = 5;

    private final Environment environment;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "A CVE, or the id of any record: CVE-2011-3374, GHSA-…, DSA-…")
    private String id = "";

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes on standard error.")
    private boolean quiet;

    @Mixin
    private final DataArguments data = new DataArguments();

    @Mixin
    private final ImageArguments image = new ImageArguments();

    ExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (id.isBlank()) {
            throw CommandException.usage("ID is empty; name for example CVE-2011-3374");
        }
        try (var progress = new Progress(environment, quiet);
                var source = data.open(environment)) {
            progress.say("reading the image");
            var inventory = image.inventory(Set.of(), progress, environment, ExitCode.ERROR);
            var explanation = explanation(inventory, source);
            progress.done();
            if (!quiet) {
                data.notes(source, environment)
                        .forEach(note -> environment.err().println("plimsoll: note: " + note));
            }
            var text = new StringBuilder();
            describe(explanation, inventory, text);
            environment.out().print(text);
            environment.out().flush();
            return ExitCode.PASS.code();
        } catch (AdvisoryException e) {
            throw CommandException.usage(e);
        }
    }

    /// People type `cve-2011-3374`; where nothing has the id as given, its usual form is tried.
    private Explanation explanation(Inventory inventory, AdvisorySource source) {
        var asGiven = Matcher.explain(inventory, source, data.matchOptions(), id);
        var dash = id.indexOf('-');
        if (asGiven.known() || dash < 0) {
            return asGiven;
        }
        var prefix = id.substring(0, dash).toUpperCase(Locale.ROOT);
        var usual = prefix + (prefix.equals("GHSA") ? id.substring(dash).toLowerCase(Locale.ROOT) : id.substring(dash));
        var found = usual.equals(id) ? asGiven : Matcher.explain(inventory, source, data.matchOptions(), usual);
        return found.known() ? found : asGiven;
    }

    private void describe(Explanation explanation, Inventory inventory, StringBuilder text) {
        var also = explanation.ids().stream()
                .filter(other -> !other.equals(explanation.id()))
                .collect(Collectors.joining(", "));
        text.append(PlainText.of(explanation.id()))
                .append(also.isEmpty() ? "" : " (also " + also + ")")
                .append(" in ");
        text.append(PlainText.of(image.displayName(inventory)));
        explanation.release().ifPresent(release -> text.append(", judged as ").append(release));
        text.append("\n\n");
        if (!explanation.known()) {
            text.append("The advisory data holds nothing of this id.\n");
        }
        var elsewhere = new ArrayList<Explanation.Entry>();
        for (var entry : explanation.entries()) {
            switch (entry.outcome()) {
                case Outcome.Matched(var finding) -> matched(entry, finding, inventory, text);
                case Outcome.Silenced(var finding, var reason) -> {
                    matched(entry, finding, inventory, text);
                    text.append("  but it does not count: ")
                            .append(PlainText.of(reason))
                            .append("\n\n");
                }
                case Outcome.NotMatched(var why, var reason) -> {
                    switch (why) {
                        case PACKAGE_ABSENT, OTHER_RELEASE -> elsewhere.add(entry);
                        case VERSION_OUTSIDE, NOT_AFFECTED, OTHER_BUILD, UNRELEASED, WITHDRAWN, CANNOT_JUDGE ->
                            notMatched(entry, reason, inventory, text);
                    }
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            text.append("Records that do not concern this image:\n");
            for (var entry : elsewhere.subList(0, Math.min(OTHERS_SHOWN, elsewhere.size()))) {
                text.append("  ")
                        .append(entry.record())
                        .append(" is about ")
                        .append(PlainText.of(entry.packageName()))
                        .append(" in ")
                        .append(entry.ecosystem());
                if (entry.outcome() instanceof Outcome.NotMatched(var _, var reason)) {
                    text.append(": ").append(PlainText.of(reason));
                }
                text.append('\n');
            }
            if (elsewhere.size() > OTHERS_SHOWN) {
                text.append("  … and ").append(elsewhere.size() - OTHERS_SHOWN).append(" more\n");
            }
        }
        for (var coverage : explanation.unjudged()) {
            text.append("Nothing can be said of ")
                    .append(coverage.packages())
                    .append(" packages of ")
                    .append(coverage.name())
                    .append(": there is no data for them.\n");
        }
    }

    private static void matched(Explanation.Entry entry, Finding finding, Inventory inventory, StringBuilder text) {
        text.append("MATCHED  ")
                .append(PlainText.of(
                        finding.item().name() + " " + finding.item().version()))
                .append('\n');
        place(finding.item(), inventory, text);
        for (var reason : finding.reasons()) {
            if (reason.record().equals(entry.record())) {
                text.append("  record    ")
                        .append(reason.record())
                        .append(" (")
                        .append(reason.feed())
                        .append(")\n");
                text.append("  compared  ").append(compared(reason)).append('\n');
                text.append("  affected  ")
                        .append(PlainText.of(range(reason.range())))
                        .append('\n');
            }
        }
        text.append("  severity  ").append(finding.severity());
        text.append(
                finding.severitySource().isEmpty()
                        ? ": no record says one\n"
                        : ", by " + finding.severitySource() + "\n");
        text.append("  fix       ").append(fix(entry)).append("\n\n");
    }

    private static String range(String range) {
        return range.equals("*") ? "every version" : range;
    }

    private static String compared(MatchReason reason) {
        return PlainText.of(reason.searchedName() + " " + reason.searchedVersion() + " in " + reason.ecosystem()
                + (reason.indirect() ? ", the source package that it was built from" : ""));
    }

    private static String fix(Explanation.Entry entry) {
        return switch (entry.fixState()) {
            case FIXED -> "in " + PlainText.of(String.join(", ", entry.fixedIn()));
            case NOT_FIXED -> "none yet";
            case WONT_FIX -> "the source will not fix it";
            case NOT_AFFECTED -> "not affected";
            case UNKNOWN -> "not known";
        };
    }

    private static void notMatched(Explanation.Entry entry, String reason, Inventory inventory, StringBuilder text) {
        text.append("NOT MATCHED  ")
                .append(PlainText.of(entry.item()
                        .map(item -> item.name() + " " + item.version())
                        .orElse(entry.packageName())))
                .append('\n');
        entry.item().ifPresent(item -> place(item, inventory, text));
        text.append("  record    ")
                .append(entry.record())
                .append(" (")
                .append(entry.feed())
                .append(")\n");
        if (!entry.comparedVersion().isEmpty()) {
            text.append("  compared  ")
                    .append(PlainText.of(entry.comparedVersion()))
                    .append('\n');
        }
        if (!entry.ranges().isEmpty()) {
            text.append("  affected  ")
                    .append(PlainText.of(
                            entry.ranges().stream().map(ExplainCommand::range).collect(Collectors.joining(" or "))))
                    .append('\n');
        }
        text.append("  fix       ").append(fix(entry)).append('\n');
        text.append("  because   ").append(PlainText.of(reason)).append("\n\n");
    }

    private static void place(ImagePackage item, Inventory inventory, StringBuilder text) {
        text.append("  package   ").append(item.purl()).append('\n');
        text.append("  found in  ")
                .append(PlainText.of(item.locations().stream()
                        .map(location -> "/" + location.path())
                        .collect(Collectors.joining(", "))))
                .append('\n');
        List<?> layers = inventory.image().layers();
        text.append("  layer     ").append(item.layer() + 1).append(" of ").append(layers.size());
        if (item.layer() < layers.size()) {
            text.append(", ")
                    .append(inventory.image().layers().get(item.layer()).digest());
        }
        text.append('\n');
    }
}
