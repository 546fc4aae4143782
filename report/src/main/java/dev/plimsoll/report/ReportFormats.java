package dev.plimsoll.report;

import java.util.List;
import java.util.Optional;

/// The list of formats; adding one is a class, its test and a line here.
public final class ReportFormats {

    private static final List<ReportFormat> ALL =
            List.of(new TableFormat(), new JsonFormat(), new CycloneDxFormat(), new InventoryFormat());

    private ReportFormats() {}

    public static List<ReportFormat> all() {
        return ALL;
    }

    public static Optional<ReportFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
