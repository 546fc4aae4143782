package dev.plimsoll.report;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.report.Sheet.Column;
import dev.plimsoll.report.Sheet.Fit;
import dev.plimsoll.report.Sheet.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Findings that no policy judged, a row for each vulnerability of a source package.
final class FindingsTable {

    private static final int FINDINGS_SHOWN = 200;

    private FindingsTable() {}

    static void write(Sheet sheet, Presentation presentation, Inventory inventory, MatchResult matches) {
        var origins = TableFormat.tellsOrigins(inventory);
        var findings = matches.findings();
        if (findings.isEmpty()) {
            sheet.blank();
            sheet.hanging("", Ink.PLAIN, nothingFound(matches));
            return;
        }
        sheet.blank();
        var groups = presentation.detail()
                ? findings.stream().map(List::of).toList()
                : List.copyOf(joined(findings).values());
        var rows = new ArrayList<List<String>>();
        var inks = new ArrayList<Ink>();
        var written = 0;
        for (var group : groups.subList(0, Math.min(groups.size(), TableFormat.shown(presentation, FINDINGS_SHOWN)))) {
            var finding = group.getFirst();
            var names =
                    group.stream().map(each -> each.item().name()).distinct().toList();
            var row = new ArrayList<>(List.of(
                    finding.severity().name(),
                    PlainText.of(finding.id()),
                    PlainText.of(TableFormat.some(names)),
                    PlainText.of(finding.item().version()),
                    PlainText.of(fix(finding)),
                    exploited(finding)));
            if (origins) {
                row.add(group.stream()
                        .map(each -> TableFormat.origin(inventory, each.item()))
                        .filter(origin -> !origin.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(", ")));
            }
            rows.add(row);
            inks.add(ink(finding.severity()));
            written += group.size();
        }
        var columns = new ArrayList<>(List.of(
                new Column("SEVERITY", Fit.WHOLE),
                new Column("VULNERABILITY", Fit.WHOLE),
                new Column("PACKAGE", Fit.WRAPPED),
                new Column("INSTALLED", Fit.WRAPPED),
                new Column("FIXED IN", Fit.WRAPPED),
                new Column("EXPLOITED", Fit.SPARE)));
        if (origins) {
            columns.add(new Column("ORIGIN", Fit.SPARE));
        }
        sheet.table(columns, rows, inks);
        TableFormat.more(sheet, findings.size(), written, "finding");
        sheet.blank();
        var truncated = written < findings.size();
        sheet.line("  " + summary(findings, truncated ? findings.size() : rows.size()));
    }

    /// That nothing was found says something only of what was compared.
    private static String nothingFound(MatchResult matches) {
        if (matches.coverage().isEmpty()) {
            return "Nothing could be compared: no packages were found.";
        }
        if (matches.coverage().stream().noneMatch(found -> found.state() == EcosystemCoverage.State.COVERED)) {
            return "Nothing could be compared: no data for "
                    + PlainText.of(matches.coverage().stream()
                            .map(EcosystemCoverage::name)
                            .collect(Collectors.joining(", ")))
                    + ".";
        }
        return "No known vulnerabilities in what the data covers.";
    }

    /// Findings that differ only in which binary of one source package they are about.
    private static Map<String, List<Finding>> joined(List<Finding> findings) {
        Map<String, List<Finding>> joined = new LinkedHashMap<>();
        for (var finding : findings) {
            joined.computeIfAbsent(sameSource(finding).orElse("\n" + joined.size()), _ -> new ArrayList<>())
                    .add(finding);
        }
        return joined;
    }

    /// What binaries of one source package share of a finding; empty for packages that have no source.
    static Optional<String> sameSource(Finding finding) {
        var item = finding.item();
        return item.type().ofDistribution()
                ? Optional.of(String.join(
                        "\n",
                        finding.id(),
                        item.source().map(source -> source.name()).orElse(item.name()),
                        item.version(),
                        finding.fixState().name(),
                        finding.fixedIn().toString()))
                : Optional.empty();
    }

    private static String summary(List<Finding> findings, int rows) {
        Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        findings.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
        return TableFormat.count(findings.size(), "finding")
                + (rows == findings.size() ? "" : " in " + TableFormat.count(rows, "row"))
                + ": "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().word())
                        .collect(Collectors.joining(", "));
    }

    private static Ink ink(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> Ink.BAD;
            case MEDIUM -> Ink.CAREFUL;
            case LOW -> Ink.PLAIN;
            case NEGLIGIBLE, UNKNOWN -> Ink.FAINT;
        };
    }

    private static String fix(Finding finding) {
        return switch (finding.fixState()) {
            case FIXED -> String.join(", ", finding.fixedIn());
            case NOT_FIXED -> "no fix yet";
            case WONT_FIX -> "won't fix";
            case NOT_AFFECTED -> "not affected";
            case UNKNOWN -> finding.fixedIn().isEmpty() ? "-" : String.join(", ", finding.fixedIn());
        };
    }

    private static String exploited(Finding finding) {
        if (finding.exploitation().known().isPresent()) {
            return "known";
        }
        return finding.exploitation()
                .probability()
                .map(epss ->
                        String.format(Locale.ROOT, "%.1f\u00a0%%", epss.score().doubleValue() * 100))
                .orElse("-");
    }
}
