package dev.plimsoll.report;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.path.PathToPass;
import dev.plimsoll.report.Sheet.Column;
import dev.plimsoll.report.Sheet.Fit;
import dev.plimsoll.report.Sheet.Ink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text for people: the verdict first, then what to do, then the rest.
public final class TableFormat implements ReportFormat {

    /// How many entries of a list are shown where no detail was asked for.
    private static final int SHOWN = 20;

    private static final int STEPS_SHOWN = 8;
    private static final int IDS_SHOWN = 4;
    private static final Pattern PACKAGE_URL = Pattern.compile("pkg:[^ ,]+");

    private static final Comparator<RuleResult> WORST_FIRST = Comparator.comparing(
                    (RuleResult result) -> result.finding().isPresent())
            .thenComparing(
                    result -> result.finding().map(Finding::severity).orElse(Severity.UNKNOWN),
                    Comparator.reverseOrder());

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String description() {
        return "text for people: the verdict, what to do, and why";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var sheet = new Sheet(presentation);
        result.verdict().ifPresent(verdict -> verdictLine(sheet, result, verdict));
        if (result.verdict().isEmpty()) {
            sheet.line(sheet.inked(Ink.BOLD, PlainText.of(result.imageName())));
        }
        about(sheet, result);
        result.verdict()
                .ifPresent(verdict ->
                        judgement(sheet, presentation, verdict, result.path().orElseGet(PathToPass::none)));
        if (result.verdict().isEmpty() && result.matches().isPresent()) {
            FindingsTable.write(
                    sheet, presentation, result.inventory(), result.matches().get());
        }
        if (result.matches().isEmpty()) {
            packages(sheet, presentation, result.inventory());
        }
        result.matches().ifPresent(matches -> dataNotes(sheet, matches));
        ContentsTable.write(sheet, presentation, result.inventory().contents());
        unknowns(sheet, presentation, result);
        out.write(sheet.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void verdictLine(Sheet sheet, Result result, Verdict verdict) {
        var stops = count(verdict, Action.STOP);
        var warns = count(verdict, Action.WARN);
        var word = switch (verdict.decision()) {
            case PASS -> sheet.inked(Ink.GOOD, "PASS");
            case FAIL -> sheet.inked(Ink.BAD, "FAIL");
            case UNKNOWN -> sheet.inked(Ink.BAD, "NO VERDICT");
            case DATA_MISSING -> sheet.inked(Ink.BAD, "DATA MISSING");
        };
        var counts = new ArrayList<String>();
        if (stops > 0) {
            counts.add(stops + " STOP");
        }
        if (warns > 0) {
            counts.add(warns + " WARN");
        }
        var counted = String.join(", ", counts);
        var first = word + "  " + sheet.inked(Ink.BOLD, PlainText.of(result.imageName()));
        if (counted.isEmpty() || sheet.fits(first + "  " + counted)) {
            sheet.line(counted.isEmpty() ? first : first + "  " + counted);
        } else {
            sheet.line(first);
            sheet.hanging("  ", Ink.PLAIN, counted);
        }
        sheet.hanging("  ", Ink.PLAIN, PlainText.of(verdict.explanation()));
        verdict.lease()
                .ifPresent(lease -> sheet.hanging(
                        "  ",
                        verdict.decision() == Verdict.Decision.PASS ? Ink.CAREFUL : Ink.PLAIN,
                        PlainText.of(lease(verdict, lease))));
    }

    /// Nothing but time ends it; new data may end it sooner.
    private static String lease(Verdict verdict, Lease lease) {
        var now = verdict.decision() == Verdict.Decision.PASS ? "pass until " : "so until ";
        var then = switch (lease.then()) {
            case PASS -> "then it passes";
            case FAIL -> "then it fails";
            case UNKNOWN -> "then there is no verdict";
            case DATA_MISSING -> "then data is missing";
        };
        return now + lease.until() + ": " + then + ", because " + lease.why();
    }

    private static void about(Sheet sheet, Result result) {
        var inventory = result.inventory();
        var image = inventory.image();
        var system = inventory
                .distribution()
                .map(found -> found.prettyName().isEmpty() ? found.qualifier() : found.prettyName())
                .orElse("no distribution named");
        sheet.blank();
        var platform = image.platform().map(Object::toString).orElse("platform not known");
        sheet.hanging(
                "  image   ",
                Ink.PLAIN,
                PlainText.of(platform + ", " + system + ", " + image.transport()
                        + (image.verified() || inventory.document().isPresent() ? "" : " (not verified)")));
        inventory
                .document()
                .ifPresent(document -> sheet.hanging(
                        "  told by ",
                        Ink.PLAIN,
                        PlainText.of(document.format()
                                + (document.tools().isEmpty() ? "" : " of " + String.join(", ", document.tools())))));
        image.id().or(image::manifestDigest).ifPresent(digest -> sheet.whole(PlainText.of(digest.toString())));
        image.base()
                .filter(base -> base.how() != BaseImage.How.GUESS)
                .ifPresent(base -> sheet.hanging("  base    ", Ink.PLAIN, PlainText.of(base(base))));
        sheet.hanging(
                "  found   ",
                Ink.PLAIN,
                count(inventory.packages().size(), "package") + ", "
                        + inventory
                                .files()
                                .map(files -> count(files.size(), "path") + ", ")
                                .orElse("")
                        + (image.layersKnown() ? count(image.layers().size(), "layer") : "layers not known")
                        + (inventory.unknowns().isEmpty()
                                ? ""
                                : ", " + inventory.unknowns().size() + " unknown")
                        + (inventory.excluded().isEmpty()
                                ? ""
                                : "; left out: " + PlainText.of(String.join(", ", inventory.excluded()))));
        result.verdict()
                .ifPresent(verdict -> sheet.hanging("  policy  ", Ink.PLAIN, PlainText.of(policyLine(verdict))));
        result.matches().ifPresent(matches -> sheet.hanging("  data    ", Ink.PLAIN, dataLine(matches, result.at())));
    }

    private static String policyLine(Verdict verdict) {
        var bundle = verdict.bundle();
        var name = bundle.name().isEmpty() ? bundle.id() : bundle.name();
        return name
                + verdict.mapping()
                        .map(mapping -> ", mapping " + (mapping.name().isEmpty() ? mapping.id() : mapping.name()))
                        .orElse(", no mapping");
    }

    private static String dataLine(MatchResult matches, Instant at) {
        var built = matches.builtAt()
                .map(instant -> "database of " + instant + " (" + age(Duration.between(instant, at)) + ")")
                .orElse("no database");
        var covered = matches.coverage().stream()
                .filter(coverage -> coverage.state() == EcosystemCoverage.State.COVERED)
                .map(EcosystemCoverage::name)
                .collect(Collectors.joining(", "));
        return built + (covered.isEmpty() ? "" : "; covers " + covered);
    }

    private static String age(Duration age) {
        if (age.isNegative()) {
            return "newer than the instant judged";
        }
        var days = age.toDays();
        return days == 0 ? "today" : days == 1 ? "1 day old" : days + " days old";
    }

    private static void judgement(Sheet sheet, Presentation presentation, Verdict verdict, PathToPass path) {
        var steps = path.steps();
        if (!steps.isEmpty()) {
            sheet.heading(Ink.BOLD, "WHAT TO DO");
            var number = 1;
            for (var step : steps.subList(0, Math.min(steps.size(), shown(presentation, STEPS_SHOWN)))) {
                var clears = "clears " + step.clears() + " of "
                        + count(Math.toIntExact(count(verdict, Action.STOP)), "stop");
                var about = step.about().isEmpty() ? "" : ": " + some(step.about());
                sheet.hanging(
                        String.format(Locale.ROOT, "  %2d  ", number++),
                        Ink.PLAIN,
                        PlainText.of(step.instruction()) + "  (" + clears + about + ")");
            }
            more(sheet, steps.size(), shown(presentation, STEPS_SHOWN), "step");
            afterwards(sheet, path);
        }
        results(sheet, presentation, verdict, Action.STOP, Ink.BAD);
        results(sheet, presentation, verdict, Action.WARN, Ink.CAREFUL);
        TreatmentTable.write(sheet, presentation, verdict);
        silenced(sheet, presentation, verdict);
        if (!verdict.unjudged().isEmpty()) {
            sheet.heading(Ink.CAREFUL, "NOT JUDGED (" + verdict.unjudged().size() + ")");
            for (var rule : verdict.unjudged()) {
                sheet.hanging(
                        "  " + rule.action() + "  ",
                        Ink.PLAIN,
                        PlainText.of(rule.gate() + " " + rule.trigger() + " (rule " + rule.ruleId() + "): "
                                + rule.reason()));
            }
        }
        for (var problem : verdict.problems()) {
            sheet.hanging("  problem  ", Ink.CAREFUL, PlainText.of(problem.type() + ": " + problem.details()));
        }
    }

    /// What was tried, and what came out.
    private static void afterwards(Sheet sheet, PathToPass path) {
        if (path.after().isEmpty()) {
            return;
        }
        long untried = path.steps().stream().filter(step -> !step.tried()).count();
        var condition = untried == 0
                ? ""
                : path.steps().size() == untried
                        ? ", taking these steps as done"
                        : ", taking as done what only people can do (" + count(Math.toIntExact(untried), "step") + ")";
        if (path.isProved()) {
            sheet.hanging("  =>  ", Ink.GOOD, "with all of this it passes: judged again" + condition);
        } else {
            sheet.hanging(
                    "  =>  ",
                    Ink.CAREFUL,
                    PlainText.of("with all of this it still does not pass (judged again" + condition + "): "
                            + path.remains()));
        }
    }

    private static void results(Sheet sheet, Presentation presentation, Verdict verdict, Action action, Ink ink) {
        var results = verdict.results().stream()
                .filter(result -> result.action() == action && !TreatmentTable.tellsOf(result))
                .toList();
        if (results.isEmpty()) {
            return;
        }
        if (presentation.detail()) {
            sheet.heading(ink, action + " (" + results.size() + ")");
            for (var result : results.stream().sorted(WORST_FIRST).toList()) {
                sheet.hanging("  ", Ink.PLAIN, PlainText.of(result.message()));
                sheet.hanging(
                        "      ", Ink.FAINT, PlainText.of("rule " + result.ruleId() + ", id " + result.stableId()));
            }
            return;
        }
        var groups = List.copyOf(grouped(results));
        sheet.heading(ink, action + " (" + inRows(results.size(), groups.size()) + ")");
        var written = 0;
        for (var group : groups.subList(0, Math.min(SHOWN, groups.size()))) {
            sheet.hanging("  ", Ink.PLAIN, PlainText.of(message(group)));
            written += group.size();
        }
        more(sheet, results.size(), written, "result");
    }

    /// Results that differ only in which binary of one source package they are about are one line for a reader. The
    /// worst
    /// come first, after those that are no findings: these are few, and often quickly mended.
    private static Collection<List<RuleResult>> grouped(List<RuleResult> results) {
        Map<String, List<RuleResult>> groups = new LinkedHashMap<>();
        results.stream().sorted(WORST_FIRST).forEach(result -> {
            var key = result.finding()
                    .flatMap(FindingsTable::sameSource)
                    .map(same -> result.ruleSetId() + "\n" + result.ruleId() + "\n" + same)
                    .orElse("\n" + groups.size());
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(result);
        });
        return groups.values();
    }

    private static String message(List<RuleResult> group) {
        var first = group.getFirst().message();
        if (group.size() == 1) {
            return first;
        }
        var others = group.subList(1, group.size()).stream()
                .flatMap(result -> result.finding().stream())
                .map(finding -> finding.item().name())
                .distinct()
                .toList();
        return first + " (also in " + some(others) + ")";
    }

    private static void silenced(Sheet sheet, Presentation presentation, Verdict verdict) {
        var silenced = verdict.results().stream()
                .filter(result -> result.allowlisted().isPresent())
                .toList();
        if (silenced.isEmpty()) {
            return;
        }
        sheet.heading(Ink.FAINT, "ALLOWLISTED (" + silenced.size() + ")");
        var most = shown(presentation, SHOWN);
        for (var result : silenced.subList(0, Math.min(most, silenced.size()))) {
            var item = result.allowlisted().orElseThrow();
            var list = item.allowlistName().isEmpty() ? item.allowlistId() : item.allowlistName();
            sheet.hanging("  ", Ink.PLAIN, PlainText.of(result.message() + "  [" + list + " " + item.itemId() + "]"));
        }
        more(sheet, silenced.size(), most, "result");
    }

    private static void packages(Sheet sheet, Presentation presentation, Inventory inventory) {
        var packages = inventory.packages();
        if (packages.isEmpty()) {
            return;
        }
        sheet.blank();
        var rows = new ArrayList<List<String>>();
        var origins = tellsOrigins(inventory);
        for (var item : packages) {
            var row = new ArrayList<String>();
            row.add(PlainText.of(item.name()));
            row.add(PlainText.of(item.version()));
            row.add(item.type().purlType());
            row.add(item.layer().isPresent() ? String.valueOf(item.layer().getAsInt() + 1) : "");
            if (origins) {
                row.add(origin(inventory, item));
            }
            row.add(
                    item.locations().isEmpty()
                            ? ""
                            : PlainText.of(item.locations().getFirst().path()));
            rows.add(row);
        }
        var inks = java.util.Collections.nCopies(rows.size(), Ink.PLAIN);
        var most = presentation.detail() ? rows.size() : Math.min(rows.size(), 500);
        var columns = new ArrayList<>(List.of(
                new Column("PACKAGE", Fit.WRAPPED),
                new Column("VERSION", Fit.WRAPPED),
                new Column("TYPE", Fit.WHOLE),
                new Column("LAYER", Fit.WHOLE)));
        if (origins) {
            columns.add(new Column("ORIGIN", Fit.WHOLE));
        }
        columns.add(new Column("FOUND IN", Fit.WRAPPED));
        sheet.table(columns, rows.subList(0, most), inks.subList(0, most));
        more(sheet, rows.size(), most, "package");
    }

    /// Whether it is known which layers are the base's: a column of blanks helps nobody.
    static boolean tellsOrigins(Inventory inventory) {
        return inventory.image().base().flatMap(base -> base.origin(0)).isPresent();
    }

    static String origin(Inventory inventory, ImagePackage item) {
        return inventory.origin(item).map(BaseImage.Origin::word).orElse("");
    }

    private static String base(BaseImage base) {
        var name = base.name().isEmpty() ? "an image without a name" : base.name();
        var layers = base.layers().isPresent() ? count(base.layers().getAsInt(), "layer") + ", " : "";
        return name + " (" + layers
                + switch (base.how()) {
                    case ANCESTORS -> "known by its layers)";
                    case LABELS -> "as the labels say)";
                    case DOCKERFILE -> "as the Dockerfile says)";
                    case HISTORY -> "as the history says)";
                    case GUESS -> "only guessed from the history)";
                };
    }

    private static void dataNotes(Sheet sheet, MatchResult matches) {
        var missing = names(matches, EcosystemCoverage.State.DATA_MISSING);
        var notCovered = names(matches, EcosystemCoverage.State.NOT_COVERED);
        if (!missing.isEmpty()
                || !notCovered.isEmpty()
                || !matches.suppressed().isEmpty()
                || !matches.problems().isEmpty()) {
            sheet.blank();
        }
        if (!missing.isEmpty()) {
            sheet.hanging("  no data       ", Ink.BAD, "for " + missing + ": nobody can say that these are clean");
        }
        if (!notCovered.isEmpty()) {
            sheet.hanging("  not covered   ", Ink.CAREFUL, notCovered + ": Plimsoll does not judge these yet");
        }
        if (!matches.suppressed().isEmpty()) {
            Map<String, Integer> reasons = new TreeMap<>();
            matches.suppressed().forEach(item -> reasons.merge(kind(item.reason()), 1, Integer::sum));
            reasons.forEach((reason, count) -> sheet.hanging(
                    "  suppressed    ", Ink.FAINT, PlainText.of(count(count, "finding") + ": " + reason)));
        }
        for (var problem :
                matches.problems().subList(0, Math.min(5, matches.problems().size()))) {
            sheet.hanging("  not compared  ", Ink.CAREFUL, PlainText.of(problem));
        }
        more(sheet, matches.problems().size(), 5, "version");
    }

    /// The reason without the package that it names, so that the like count together.
    private static String kind(String reason) {
        return PACKAGE_URL.matcher(reason).replaceAll("a package of the distribution");
    }

    private static String names(MatchResult matches, EcosystemCoverage.State state) {
        return matches.coverage().stream()
                .filter(coverage -> coverage.state() == state)
                .map(coverage -> coverage.name() + " (" + count(coverage.packages(), "package") + ")")
                .collect(Collectors.joining(", "));
    }

    private static void unknowns(Sheet sheet, Presentation presentation, Result result) {
        var unknowns = result.inventory().unknowns();
        if (unknowns.isEmpty()) {
            return;
        }
        var rows = presentation.detail()
                ? unknowns.stream().map(List::of).toList()
                : List.copyOf(unknowns.stream()
                        .collect(Collectors.groupingBy(Unknown::path, LinkedHashMap::new, Collectors.toList()))
                        .values());
        sheet.heading(Ink.CAREFUL, "UNKNOWN (" + inRows(unknowns.size(), rows.size()) + "): these could not be read");
        var written = 0;
        for (var row : rows.subList(0, Math.min(shown(presentation, SHOWN), rows.size()))) {
            sheet.hanging("  ", Ink.PLAIN, PlainText.of(unread(row)));
            written += row.size();
        }
        more(sheet, unknowns.size(), written, "place");
    }

    /// What could not be read of one file: the first place stands for the others.
    private static String unread(List<Unknown> places) {
        var first = places.getFirst();
        return first.where()
                + (places.size() == 1 ? "" : " and " + count(places.size() - 1, "more place"))
                + ": " + first.reason();
    }

    /// Says both numbers where they differ, so that nobody counts the rows in vain.
    private static String inRows(int number, int rows) {
        return number == rows ? String.valueOf(number) : number + " in " + count(rows, "row");
    }

    static void more(Sheet sheet, int all, int shown, String what) {
        if (all > shown) {
            sheet.line(sheet.inked(Ink.FAINT, "  … and " + count(all - shown, "more " + what) + " (-v, or -o json)"));
        }
    }

    static int shown(Presentation presentation, int few) {
        return presentation.detail() ? Integer.MAX_VALUE : few;
    }

    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static long count(Verdict verdict, Action action) {
        return verdict.results().stream()
                .map(RuleResult::action)
                .filter(found -> found == action)
                .count();
    }

    static String some(List<String> ids) {
        return ids.size() <= IDS_SHOWN
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, IDS_SHOWN)) + " and " + (ids.size() - IDS_SHOWN) + " more";
    }
}
