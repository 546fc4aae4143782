package dev.plimsoll.report.explanation;

import dev.plimsoll.report.PlainText;
import java.util.ArrayList;
import java.util.List;

/// Text in lines of a width.
final class Page {

    /// Of a line that goes in far, at least.
    private static final int LEAST = 20;

    private final int width;
    private final StringBuilder text = new StringBuilder();

    Page(int width) {
        this.width = width;
    }

    void blank() {
        text.append('\n');
    }

    void line(String words) {
        hanging("", words);
    }

    /// @param first stands before the first line; the others go in as far
    void hanging(String first, String words) {
        var lines = wrapped(PlainText.of(words), Math.max(LEAST, width - first.length()));
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? first : " ".repeat(first.length()))
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private static List<String> wrapped(String words, int room) {
        var lines = new ArrayList<String>();
        var current = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            if (!current.isEmpty() && current.length() + 1 + word.length() > room) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
