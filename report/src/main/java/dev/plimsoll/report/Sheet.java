package dev.plimsoll.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Lays out text for a terminal: headings, indented paragraphs, columns. Not safe for several threads.
final class Sheet {

    /// In columns; narrower terminals break lines themselves.
    private static final int LEAST_WIDTH = 40;
    /// In columns: what a wrapped cell needs at least, before rows are written as paragraphs instead.
    private static final int LEAST_CELL = 10;
    /// In columns: ids (`GHSA-35jh-r3h4-6jhm`) and words stay in one piece, for the eye and for copying.
    private static final int WHOLE_CELL = 20;

    /// A version or a path may break behind one of these.
    private static final String MARKS = "-+~/_:.";

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

    /// Whether a line, with the colours in it, stays within the width.
    boolean fits(String words) {
        return columns(words.replaceAll("\u001b\\[[0-9;]*m", "")) <= width;
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

    /// A word for copying, never broken: a terminal that is narrower breaks it without a line's end in it.
    void whole(String word) {
        line("  " + word);
    }

    /// A paragraph after a lead, continued beneath its own beginning.
    void hanging(String lead, Ink ink, String words) {
        var room = Math.max(LEAST_WIDTH / 2, width - columns(lead));
        var first = true;
        for (var part : wrapped(words, room)) {
            line((first ? lead : " ".repeat(columns(lead))) + inked(ink, part.stripTrailing()));
            first = false;
        }
    }

    /// What a column does where the width does not do for all.
    enum Fit {
        /// Stays in one piece: words and ids, for the eye and for copying.
        WHOLE,
        WRAPPED,
        /// Stays in one piece, or is left out where wrapping the others is not enough.
        SPARE
    }

    record Column(String title, Fit fit) {}

    /// Rows in columns as wide as their widest cell; where the width does not do, columns wrap, the widest first, and
    /// then the spare ones go. Where even that does not do, header and rows are paragraphs, which have room for all
    /// columns.
    void table(List<Column> columns, List<List<String>> rows, List<Ink> inks) {
        var shown = new ArrayList<>(columns);
        var widths = widths(shown, rows);
        while (widths.isEmpty() && shown.getLast().fit() == Fit.SPARE) {
            shown.removeLast();
            widths = widths(shown, rows);
        }
        if (widths.isEmpty()) {
            paragraphs(columns.stream().map(Column::title).toList(), rows, inks);
            return;
        }
        var header = shown.stream().map(Column::title).toList();
        row(header, widths.get(), Ink.FAINT);
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i).subList(0, header.size()), widths.get(), inks.get(i));
        }
    }

    private void paragraphs(List<String> header, List<List<String>> rows, List<Ink> inks) {
        var lead = Math.max(
                columns(header.getFirst()),
                rows.stream().mapToInt(row -> columns(row.getFirst())).max().orElse(0));
        paragraph(header, lead, Ink.FAINT);
        for (int i = 0; i < rows.size(); i++) {
            paragraph(rows.get(i), lead, inks.get(i));
        }
    }

    /// A row behind its first cell.
    private void paragraph(List<String> cells, int lead, Ink ink) {
        var parts = wrapped(
                String.join(" · ", cells.subList(1, cells.size())), Math.max(LEAST_WIDTH / 2, width - lead - 4));
        line("  " + inked(ink, cells.getFirst()) + " ".repeat(lead - columns(cells.getFirst()) + 2)
                + parts.getFirst().stripTrailing());
        parts.subList(1, parts.size()).forEach(part -> line(" ".repeat(lead + 4) + part.strip()));
    }

    /// Empty where the columns do not fit.
    private Optional<int[]> widths(List<Column> columns, List<List<String>> rows) {
        var count = columns.size();
        var widths = new int[count];
        var least = new int[count];
        for (int column = 0; column < count; column++) {
            widths[column] = columns(columns.get(column).title());
            for (var row : rows) {
                widths[column] = Math.max(widths[column], columns(row.get(column)));
            }
            least[column] = switch (columns.get(column).fit()) {
                case WHOLE, SPARE -> Math.min(widths[column], WHOLE_CELL);
                case WRAPPED -> Math.min(widths[column], LEAST_CELL);
            };
        }
        var room = width - 2 - 2 * (count - 1);
        while (Arrays.stream(widths).sum() > room) {
            var widest = -1;
            for (int column = 0; column < count; column++) {
                if (widths[column] > least[column] && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                return Optional.empty();
            }
            widths[widest]--;
        }
        return Optional.of(widths);
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
                var inked = column == 0 && !cell.isEmpty() ? inked(ink, cell) : cell;
                out.append(inked);
                if (column < cells.size() - 1) {
                    out.append(" ".repeat(Math.max(0, widths[column] - columns(cell)) + 2));
                }
            }
            line(out.toString().stripTrailing());
        }
    }

    /// Breaks at blanks; a word that is too long breaks behind a mark in it, as between a version and its revision, or
    /// where it must.
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
                var cut = cut(rest, room);
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

    private static int cut(String word, int room) {
        var most = word.offsetByCodePoints(0, Math.min(room, columns(word)));
        for (int i = most; i > most / 2; i--) {
            if (MARKS.indexOf(word.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return most;
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
