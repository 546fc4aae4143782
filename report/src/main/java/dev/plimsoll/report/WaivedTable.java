package dev.plimsoll.report;

import dev.plimsoll.policy.Treatment.Waived;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.report.Sheet.Ink;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which results are waived, by whom, why, and until when: one paragraph for each waiver, with its results.
final class WaivedTable {

    /// Waivers, where no detail was asked for.
    private static final int SHOWN = 20;

    /// Results of one waiver.
    private static final int RESULTS_SHOWN = 3;

    private WaivedTable() {}

    static void write(Sheet sheet, Presentation presentation, Verdict verdict) {
        Map<Waived, List<String>> messages = new LinkedHashMap<>();
        int results = 0;
        for (var result : verdict.results()) {
            if (result.waived().isPresent()) {
                var waiver = result.waived().get();
                messages.computeIfAbsent(waiver, _ -> new ArrayList<>())
                        .add(result.message()
                                + (waiver.effect().equals("downgrade") ? " (" + waiver.before() + " before)" : ""));
                results++;
            }
        }
        if (results == 0) {
            return;
        }
        sheet.heading(Ink.FAINT, "WAIVED (" + results + ")");
        int shown = TableFormat.shown(presentation, SHOWN);
        messages.entrySet().stream()
                .limit(shown)
                .forEach(entry -> waiver(sheet, presentation, entry.getKey(), entry.getValue()));
        TableFormat.more(sheet, messages.size(), shown, "waiver");
    }

    private static void waiver(Sheet sheet, Presentation presentation, Waived waiver, List<String> messages) {
        sheet.hanging("  ", Ink.PLAIN, PlainText.of(who(waiver)));
        int shown = TableFormat.shown(presentation, RESULTS_SHOWN);
        messages.stream().limit(shown).forEach(message -> sheet.hanging("      ", Ink.FAINT, PlainText.of(message)));
        TableFormat.more(sheet, messages.size(), shown, "result");
    }

    private static String who(Waived waiver) {
        var parts = new ArrayList<String>();
        parts.add(waiver.waiverId() + ": " + waiver.reason()
                + (waiver.justification().isEmpty() ? "" : " (" + waiver.justification() + ")"));
        parts.add(
                waiver.until().map(WaivedTable::day).map(day -> "until " + day).orElse("without end"));
        if (!waiver.owner().isEmpty()) {
            parts.add(waiver.owner());
        }
        if (!waiver.ticket().isEmpty()) {
            parts.add(waiver.ticket());
        }
        return String.join(", ", parts) + (waiver.text().isEmpty() ? "" : ". " + waiver.text());
    }

    /// The day alone where it begins then.
    static String day(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        return time.toLocalTime().toSecondOfDay() == 0 ? time.toLocalDate().toString() : instant.toString();
    }
}
