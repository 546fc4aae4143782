package dev.plimsoll.report;

import dev.plimsoll.policy.waiver.Effect;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.report.Sheet.Column;
import dev.plimsoll.report.Sheet.Fit;
import dev.plimsoll.report.Sheet.Ink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Waivers for people, one a row.
public final class WaiverTable {

    private static final int ENTRIES_SHOWN = 3;

    private WaiverTable() {}

    /// @param width in columns
    public static String of(List<Waiver> waivers, Instant at, int width) {
        if (waivers.isEmpty()) {
            return "no waivers\n";
        }
        var sheet = new Sheet(new Presentation(width, false, false));
        var rows = new ArrayList<List<String>>();
        for (var waiver : waivers) {
            rows.add(Stream.of(
                            waiver.id(),
                            waiver.validityAt(at).name().toLowerCase(Locale.ROOT),
                            waiver.until().map(WaivedTable::day).orElse("no end"),
                            waiver.reason().word(),
                            waiver.owner(),
                            covers(waiver.scope()) + effect(waiver.effect()))
                    .map(PlainText::of)
                    .toList());
        }
        sheet.table(
                List.of(
                        new Column("WAIVER", Fit.WRAPPED),
                        new Column("STATE", Fit.WHOLE),
                        new Column("UNTIL", Fit.WHOLE),
                        new Column("REASON", Fit.WHOLE),
                        new Column("OWNER", Fit.WRAPPED),
                        new Column("COVERS", Fit.WRAPPED)),
                rows,
                java.util.Collections.nCopies(rows.size(), Ink.PLAIN));
        return sheet.toString();
    }

    private static String effect(Effect effect) {
        return switch (effect) {
            case Effect.Suppress() -> "";
            case Effect.Downgrade() -> "; stops only warn";
            case Effect.Extend(var deadline) -> "; more time until " + WaivedTable.day(deadline);
        };
    }

    private static String covers(Scope scope) {
        var parts = new ArrayList<String>();
        add(parts, "", scope.ids());
        add(parts, "in ", scope.packages());
        add(parts, "at ", scope.paths().stream().map(glob -> "/" + glob.text()).toList());
        add(parts, "of ", scope.images());
        add(parts, "in the layer ", scope.layers());
        add(parts, "by ", scope.gates());
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, String before, List<?> entries) {
        if (!entries.isEmpty()) {
            var shown = entries.stream()
                    .limit(ENTRIES_SHOWN)
                    .map(Object::toString)
                    .reduce((left, right) -> left + ", " + right)
                    .orElse("");
            parts.add(before
                    + shown
                    + (entries.size() > ENTRIES_SHOWN ? " and " + (entries.size() - ENTRIES_SHOWN) + " more" : ""));
        }
    }
}
