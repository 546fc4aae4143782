package dev.plimsoll.inventory.build;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What stands behind an instruction's keyword: first flags, then operands.
///
/// Source: Docker documentation, "Dockerfile reference", "Shell and exec form"; BuildKit's Dockerfile frontend, which
/// takes words that begin with `--` as flags until the first that does not, or a bare `--`.
///
/// @param flags without quotes and escapes
/// @param operands the rest, as it stands
record CommandWords(List<String> flags, String operands) {

    static CommandWords of(String text, char escape) {
        var flags = new ArrayList<String>();
        var at = 0;
        while (true) {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith("--", at)) {
                return new CommandWords(flags, strip(text.substring(at)));
            }
            var word = new StringBuilder();
            var quote = '\0';
            for (; at < text.length(); at++) {
                var sign = text.charAt(at);
                if (quote == '\0' && isSpace(sign)) {
                    break;
                }
                if (quote == '\0' ? sign == '"' || sign == '\'' : sign == quote) {
                    quote = quote == '\0' ? sign : '\0';
                } else if (sign != escape) {
                    word.append(sign);
                } else if (at + 1 < text.length()) {
                    word.append(text.charAt(++at));
                }
            }
            if (word.toString().equals("--")) {
                return new CommandWords(flags, strip(text.substring(at)));
            }
            flags.add(word.toString());
        }
    }

    /// A keyword in upper case and what follows.
    record Split(String keyword, String rest) {}

    static Split keywordAndRest(String line) {
        var text = strip(line);
        var end = 0;
        while (end < text.length() && !isSpace(text.charAt(end))) {
            end++;
        }
        return new Split(text.substring(0, end).toUpperCase(Locale.ROOT), strip(text.substring(end)));
    }

    /// The strings of a JSON list; empty where the text is none.
    static Optional<List<String>> list(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            if (JsonReader.read(text, JsonLimits.FOREIGN) instanceof JsonArray(var elements)
                    && elements.stream().allMatch(JsonString.class::isInstance)) {
                return Optional.of(elements.stream()
                        .map(element -> ((JsonString) element).text())
                        .toList());
            }
        } catch (JsonException _) {
            // then a shell gets it as it stands
        }
        return Optional.empty();
    }

    /// As Go's unicode.IsSpace, by which BuildKit trims.
    static boolean isSpace(char sign) {
        return sign == '\u0085' || sign == '\u00a0' || (sign >= '\t' && sign <= '\r') || Character.isSpaceChar(sign);
    }

    static String strip(String text) {
        var to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return stripFront(text.substring(0, to));
    }

    static String stripFront(String text) {
        var from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }
}
