package dev.plimsoll.report;

import java.util.ArrayList;
import java.util.List;

/// Lays out text for a terminal: headings, indented paragraphs, columns. Not safe for several threads.
final class Sheet {

    /// In columns; narrower terminals break lines themselves.
    private static final int LEAST_WIDTH = 60;

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final boolean colour;

    Sheet(Presentation presentation) {
        this.width = Math.max(LEAST_WIDTH, presentation.width());
        this.colour = presentation.colour();
    }

    /// Colours by meaning, so that a reader without colours loses nothing.
    enum Ink {
        PLAIN(""),
        BOLD("1"),
        GOOD("1;32"),
        BAD("1;31"),
        CAREFUL("33"),
        FAINT("2");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    String inked(Ink ink, String words) {
        return !colour || ink == Ink.PLAIN ? words : "\u001b[" + ink.code + "m" + words + "\u001b[0m";
    }

    void line(String words) {
        text.append(words).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    void heading(Ink ink, String words) {
        blank();
        line(inked(ink, words));
    }

    /// A paragraph after a lead, continued beneath its own beginning.
    void hanging(String lead, Ink ink, String words) {
        var room = Math.max(LEAST_WIDTH / 2, width - columns(lead));
        var first = true;
        for (var part : wrapped(words, room)) {
            line((first ? lead : " ".repeat(columns(lead))) + inked(ink, part));
            first = false;
        }
    }

    /// Rows in columns as wide as their widest cell; the last column wraps.
    void table(List<String> header, List<List<String>> rows, List<Ink> inks) {
        var count = header.size();
        var widths = new int[count];
        for (int column = 0; column < count; column++) {
            widths[column] = columns(header.get(column));
            for (var row : rows) {
                widths[column] = Math.max(widths[column], columns(row.get(column)));
            }
        }
        var used = 2;
        for (int column = 0; column < count - 1; column++) {
            widths[column] = Math.min(widths[column], Math.max(12, (width - 2) / 3));
            used += widths[column] + 2;
        }
        widths[count - 1] = Math.max(16, width - used);
        row(header, widths, Ink.FAINT);
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), widths, inks.get(i));
        }
    }

    private void row(List<String> cells, int[] widths, Ink ink) {
        var parts = new ArrayList<List<String>>();
        var height = 1;
        for (int column = 0; column < cells.size(); column++) {
            var lines = wrapped(cells.get(column), widths[column]);
            parts.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int i = 0; i < height; i++) {
            var out = new StringBuilder("  ");
            for (int column = 0; column < cells.size(); column++) {
                var cell = i < parts.get(column).size() ? parts.get(column).get(i) : "";
                var inked = column == 0 ? inked(ink, cell) : cell;
                out.append(inked);
                if (column < cells.size() - 1) {
                    out.append(" ".repeat(Math.max(0, widths[column] - columns(cell)) + 2));
                }
            }
            line(out.toString().stripTrailing());
        }
    }

    /// Breaks at blanks; a word that is too long breaks where it must.
    static List<String> wrapped(String words, int room) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            var rest = word;
            if (!line.isEmpty() && columns(line.toString()) + 1 + columns(rest) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (columns(rest) > room) {
                var cut = rest.offsetByCodePoints(0, Math.min(room, rest.codePointCount(0, rest.length())));
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(rest);
        }
        if (!line.isEmpty() || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /// Columns of a terminal that a text takes; control characters were taken out before.
    private static int columns(String words) {
        return words.codePointCount(0, words.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
