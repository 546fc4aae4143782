package dev.plimsoll.inventory.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Fields as `Name: value` with continuation lines that begin with a blank, as Debian's control files and R's
/// DESCRIPTION have them (Debian Policy 5.1, "Syntax of control files"). Reads one paragraph after the other; a line
/// that is none of these is counted. Not safe for several threads.
public final class HeaderFields {

    /// In characters of one value, its continuations included; what is beyond is cut off.
    public static final int MAX_VALUE = 64 << 10;

    /// In fields of one paragraph; further ones are passed over.
    public static final int MAX_FIELDS = 500;

    /// In lines of a text; what is beyond is not read.
    public static final int MAX_LINES = 500_000;

    /// A paragraph.
    ///
    /// @param fields by their names in lower case; the first of a name counts
    /// @param strayLines that are no field
    public record Paragraph(Map<String, String> fields, int strayLines) {
        /// The value, empty where there is none.
        public String get(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private final List<String> lines;
    private int at;

    public HeaderFields(String text) {
        this.lines = text.lines().limit(MAX_LINES).toList();
    }

    /// The next paragraph, empty after the last.
    public Optional<Paragraph> next() {
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        if (at == lines.size()) {
            return Optional.empty();
        }
        Map<String, StringBuilder> fields = new LinkedHashMap<>();
        var strays = 0;
        var current = new StringBuilder();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            var line = lines.get(at++);
            var colon = line.indexOf(':');
            if (Character.isWhitespace(line.charAt(0))) {
                append(current.append(current.isEmpty() ? "" : " "), line.strip());
            } else if (colon > 0) {
                current = append(new StringBuilder(), line.substring(colon + 1).strip());
                if (fields.size() < MAX_FIELDS) {
                    fields.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), current);
                }
            } else {
                strays++;
            }
        }
        var values = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> values.put(name, value.toString().strip()));
        return Optional.of(new Paragraph(values, strays));
    }

    /// All paragraphs as one, for forms whose values may hold empty lines.
    public Paragraph joined() {
        var fields = new LinkedHashMap<String, String>();
        var strays = 0;
        for (var part = next(); part.isPresent(); part = next()) {
            part.get().fields().forEach(fields::putIfAbsent);
            strays += part.get().strayLines();
        }
        return new Paragraph(fields, strays);
    }

    private static StringBuilder append(StringBuilder value, String text) {
        return value.append(text, 0, Math.min(text.length(), Math.max(0, MAX_VALUE - value.length())));
    }
}
