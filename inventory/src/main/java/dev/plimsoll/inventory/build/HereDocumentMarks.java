package dev.plimsoll.inventory.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the words of an instruction that open here-documents.
///
/// Source: Docker documentation, "Dockerfile reference", "Here-Documents"; BuildKit's Dockerfile frontend: a word opens
/// one only where it is nothing but `<<`, with a number in front and a minus behind allowed, and a name. So `<<<x`,
/// `a<<x` and `$((1<<2))` open none, and neither does a line whose quotes are not closed.
final class HereDocumentMarks {

    private static final Pattern MARK = Pattern.compile("[0-9]*<<(-?)\\s*([^<]+)");
    private static final char ESCAPE = '\\';

    private HereDocumentMarks() {}

    /// A word that opens one.
    ///
    /// @param name without quotes
    record Mark(String name, boolean quoted, boolean tabsDropped) {}

    static List<Mark> of(String text) {
        var marks = new ArrayList<Mark>();
        for (var word : words(text)) {
            var matcher = MARK.matcher(word);
            if (matcher.matches()) {
                var raw = matcher.group(2);
                var name = unquoted(raw);
                var quoted = raw.indexOf('"') >= 0 || raw.indexOf('\'') >= 0;
                marks.add(new Mark(name, quoted, !matcher.group(1).isEmpty()));
            }
        }
        return marks;
    }

    /// Words as a shell splits them, quotes and escapes kept; none where a quote or a brace is not closed.
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (var at = 0; at < text.length(); ) {
            var end = partEnd(text, at);
            if (end < 0) {
                return new ArrayList<>();
            }
            if (end == at + 1 && CommandWords.isSpace(text.charAt(at))) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(text, at, end);
            }
            at = end;
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// Where the part ends that begins there: a sign, an escaped sign, a quoted text, a variable in braces. Negative
    /// where it does not end.
    private static int partEnd(String text, int at) {
        var sign = text.charAt(at);
        if (sign == ESCAPE) {
            return Math.min(at + 2, text.length());
        }
        if (sign == '\'') {
            return text.indexOf('\'', at + 1) + 1 == 0 ? -1 : text.indexOf('\'', at + 1) + 1;
        }
        if (sign == '$' && text.startsWith("{", at + 1)) {
            return text.indexOf('}', at + 1) + 1 == 0 ? -1 : text.indexOf('}', at + 1) + 1;
        }
        if (sign != '"') {
            return at + 1;
        }
        for (var i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == ESCAPE) {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String unquoted(String word) {
        var name = new StringBuilder();
        for (var at = 0; at < word.length(); ) {
            var end = partEnd(word, at);
            if (end < 0) {
                return name.append(word, at, word.length()).toString();
            }
            var sign = word.charAt(at);
            if (sign == '\'' || sign == '"') {
                name.append(word, at + 1, end - 1);
            } else if (sign == ESCAPE) {
                name.append(word, Math.min(at + 1, end), end);
            } else {
                name.append(word, at, end);
            }
            at = end;
        }
        return name.toString();
    }
}
