package dev.plimsoll.report;

import dev.plimsoll.report.Sheet.Fit;
import dev.plimsoll.report.Sheet.Ink;
import java.util.Collections;
import java.util.List;

/// Rows of anything for people, one item a row. Foreign text in them cannot act on a terminal.
public final class ListTable {

    private ListTable() {}

    /// @param wraps whether a cell may be broken into lines; ids and words stay in one piece
    public record Column(String title, boolean wraps) {}

    /// @param rows with a cell for each column
    public static String of(List<Column> columns, List<List<String>> rows, Presentation presentation) {
        var sheet = new Sheet(presentation);
        sheet.table(
                columns.stream()
                        .map(column -> new Sheet.Column(column.title(), column.wraps() ? Fit.WRAPPED : Fit.WHOLE))
                        .toList(),
                rows.stream()
                        .map(row -> row.stream().map(PlainText::of).toList())
                        .toList(),
                Collections.nCopies(rows.size(), Ink.PLAIN));
        return sheet.toString();
    }
}
