package dev.plimsoll.report;

import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.simulation.Cause;
import dev.plimsoll.policy.simulation.Simulation;
import dev.plimsoll.report.Sheet.Column;
import dev.plimsoll.report.Sheet.Fit;
import dev.plimsoll.report.Sheet.Ink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a candidate policy would do, for people.
public final class SimulationTable {

    private static final int ROWS_SHOWN = 20;

    private SimulationTable() {}

    /// @param presentation whose detail is all rows
    public static String of(Simulation simulation, Presentation presentation) {
        var sheet = new Sheet(presentation);
        counts(sheet, simulation);
        flips(sheet, simulation, presentation.detail());
        repositories(sheet, simulation, presentation.detail());
        unread(sheet, simulation, presentation.detail());
        return sheet.toString();
    }

    private static void counts(Sheet sheet, Simulation simulation) {
        int images = simulation.images().size();
        int flipped = simulation.flipped().size();
        sheet.line(sheet.inked(
                Ink.BOLD,
                images + (images == 1 ? " image" : " images") + ", " + flipped
                        + (flipped == 1 ? " with another verdict" : " with other verdicts")));
        var before = simulation.before();
        var after = simulation.after();
        var rows = new ArrayList<List<String>>();
        for (var decision : Decision.values()) {
            int now = before.getOrDefault(decision, 0);
            int then = after.getOrDefault(decision, 0);
            if (now + then > 0) {
                rows.add(
                        List.of(word(decision), Integer.toString(now), Integer.toString(then), difference(then - now)));
            }
        }
        print(sheet, List.of("VERDICT", "NOW", "CANDIDATE", "CHANGE"), rows, true);
    }

    private static void flips(Sheet sheet, Simulation simulation, boolean all) {
        var flips = simulation.flips();
        if (flips.isEmpty()) {
            return;
        }
        sheet.heading(Ink.BOLD, "What changes verdicts");
        var rows = new ArrayList<List<String>>();
        for (var flip : flips) {
            rows.add(List.of(
                    Integer.toString(flip.images()),
                    word(flip.before()) + " to " + word(flip.after()),
                    words(flip.cause()),
                    String.join(", ", flip.examples())));
        }
        print(sheet, List.of("IMAGES", "VERDICT", "BECAUSE OF", "SUCH AS"), rows, all);
    }

    private static String words(Cause cause) {
        if (cause.isRule()) {
            return "rule " + cause.ruleId() + " (" + cause.gate() + ":" + cause.trigger() + ")";
        }
        return switch (cause.reason()) {
            case "denylisted" -> "a list of denied images";
            case "allowlisted" -> "a list of allowed images";
            case "unmapped" -> "mappings: none covers the image";
            default -> cause.reason();
        };
    }

    private static void repositories(Sheet sheet, Simulation simulation, boolean all) {
        var rows = new ArrayList<List<String>>();
        for (var found : simulation.repositories()) {
            if (all || found.worse() + found.better() > 0) {
                rows.add(List.of(
                        found.name().isEmpty() ? "(without a name)" : found.name(),
                        Integer.toString(found.images()),
                        passing(found.before()),
                        passing(found.after()),
                        Integer.toString(found.worse()),
                        Integer.toString(found.better())));
            }
        }
        if (!rows.isEmpty()) {
            sheet.heading(Ink.BOLD, all ? "Repositories" : "Repositories where verdicts change");
            print(sheet, List.of("REPOSITORY", "IMAGES", "PASS NOW", "WOULD PASS", "WORSE", "BETTER"), rows, all);
        }
    }

    private static String passing(Map<Decision, Integer> counts) {
        return Integer.toString(counts.getOrDefault(Decision.PASS, 0));
    }

    private static void unread(Sheet sheet, Simulation simulation, boolean all) {
        if (!simulation.unread().isEmpty()) {
            int count = simulation.unread().size();
            sheet.heading(Ink.CAREFUL, count + (count == 1 ? " file was" : " files were") + " not judged");
            print(
                    sheet,
                    List.of("FILE", "REASON"),
                    simulation.unread().stream()
                            .map(file -> List.of(file.file(), file.reason()))
                            .toList(),
                    all);
        }
    }

    private static void print(Sheet sheet, List<String> titles, List<List<String>> rows, boolean all) {
        var shown = rows.stream()
                .limit(all ? rows.size() : ROWS_SHOWN)
                .map(row -> row.stream().map(PlainText::of).toList())
                .toList();
        sheet.table(
                titles.stream().map(title -> new Column(title, Fit.WRAPPED)).toList(),
                shown,
                Collections.nCopies(shown.size(), Ink.PLAIN));
        if (shown.size() < rows.size()) {
            sheet.line("  and " + (rows.size() - shown.size()) + " more (--verbose shows all)");
        }
    }

    private static String word(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String difference(int change) {
        return change > 0 ? "+" + change : Integer.toString(change);
    }
}
