package dev.plimsoll.report.formats;

import dev.plimsoll.report.InventoryFormat;
import dev.plimsoll.report.JsonFormat;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.TableFormat;
import dev.plimsoll.report.sbom.SbomFormats;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The list of formats; adding one is a class, its test and a line here.
public final class ReportFormats {

    private static final List<ReportFormat> ALL = Stream.<List<ReportFormat>>of(
                    List.of(new TableFormat(), new JsonFormat()), SbomFormats.all(), List.of(new InventoryFormat()))
            .<ReportFormat>flatMap(List::stream)
            .toList();

    private ReportFormats() {}

    public static List<ReportFormat> all() {
        return ALL;
    }

    public static Optional<ReportFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
