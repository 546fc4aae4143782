package dev.plimsoll.report;

import dev.plimsoll.policy.BaselineComparison;
import dev.plimsoll.policy.Newness.Cause;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.report.Sheet.Ink;
import java.util.List;
import java.util.Optional;

/// The parts of the table about results that count for less than their rules demand: in time, known before; and about
/// what changed since the baseline.
final class TreatmentTable {

    private static final int SHOWN = 10;

    private TreatmentTable() {}

    /// Whether a result stands here and not among those that stop or warn.
    static boolean tellsOf(RuleResult result) {
        return result.treatments().stream().anyMatch(treatment -> switch (treatment) {
            case Treatment.KnownBefore _, Treatment.InGrace _ -> true;
            case Treatment.Allowlisted _, Treatment.Overdue _, Treatment.Waived _ -> false;
        });
    }

    static void write(Sheet sheet, Presentation presentation, Verdict verdict) {
        section(sheet, presentation, "IN TIME", with(verdict, Treatment.InGrace.class));
        section(sheet, presentation, "KNOWN BEFORE", with(verdict, Treatment.KnownBefore.class));
        verdict.baseline().ifPresent(baseline -> baseline(sheet, presentation, baseline));
    }

    private static List<RuleResult> with(Verdict verdict, Class<? extends Treatment> kind) {
        return verdict.results().stream()
                .filter(result -> result.treatments().stream().anyMatch(kind::isInstance))
                .toList();
    }

    private static void section(Sheet sheet, Presentation presentation, String heading, List<RuleResult> results) {
        if (results.isEmpty()) {
            return;
        }
        sheet.heading(Ink.CAREFUL, heading + " (" + results.size() + ")");
        var most = most(presentation);
        results.stream()
                .limit(most)
                .forEach(result -> sheet.hanging(
                        "  ",
                        Ink.PLAIN,
                        PlainText.of(result.message()
                                + note(result).map(words -> "  [" + words + "]").orElse(""))));
        more(sheet, results.size() - most, "result");
    }

    /// What the treatments of a result say to a reader, where it is not said elsewhere.
    static Optional<String> note(RuleResult result) {
        return result.treatments().stream()
                .flatMap(treatment -> switch (treatment) {
                    case Treatment.InGrace inTime ->
                        Optional.of(inTime.due()
                                        .map(instant -> "stops from " + instant)
                                        .orElse("time runs once there is a fix (" + inTime.from() + ")"))
                                .stream();
                    case Treatment.Overdue overdue -> Optional.of("in time until " + overdue.due()).stream();
                    case Treatment.Allowlisted _, Treatment.KnownBefore _, Treatment.Waived _ ->
                        Optional.<String>empty().stream();
                })
                .findFirst();
    }

    private static void baseline(Sheet sheet, Presentation presentation, BaselineComparison baseline) {
        sheet.heading(
                Ink.BOLD,
                "SINCE BASELINE: " + baseline.added().size() + " new, " + baseline.existing() + " known, "
                        + baseline.gone().size() + " gone");
        var most = most(presentation);
        baseline.added().stream()
                .limit(most)
                .forEach(added -> sheet.hanging(
                        "  new   ",
                        Ink.PLAIN,
                        PlainText.of(added.finding().id() + " ("
                                + added.finding().severity().word() + ") in "
                                + added.finding().item().name() + " "
                                + added.finding().item().version() + ": "
                                + words(added.cause()))));
        more(sheet, baseline.added().size() - most, "new finding");
        baseline.gone().stream()
                .limit(most)
                .forEach(gone -> sheet.hanging(
                        "  gone  ",
                        Ink.FAINT,
                        PlainText.of(gone.id() + " (" + gone.severity() + ") of " + gone.purl() + ": "
                                + words(gone.cause()))));
        more(sheet, baseline.gone().size() - most, "finding that is gone");
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case IN_BASELINE -> "the baseline has it too";
            case IN_BASE_IMAGE -> "it comes with the base image";
            case PACKAGE_ADDED -> "the package is new";
            case PACKAGE_REMOVED -> "the package is no more there";
            case PACKAGE_CHANGED -> "the package has another version";
            case ADVISORY_CHANGED -> "the package is the same, what is known of it changed";
            case SUPPRESSED -> "it is suppressed now";
            case IMAGE_OR_BUNDLE -> "the image or the bundle changed";
            case NOT_TOLD -> "the baseline does not tell why";
        };
    }

    private static int most(Presentation presentation) {
        return presentation.detail() ? Integer.MAX_VALUE : SHOWN;
    }

    private static void more(Sheet sheet, int left, String noun) {
        if (left > 0) {
            sheet.line("  … and " + left + " more " + (left == 1 ? noun : noun.replaceFirst("(result|finding)", "$1s"))
                    + " (-v, or -o json)");
        }
    }
}
