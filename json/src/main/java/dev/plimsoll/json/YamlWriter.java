package dev.plimsoll.json;

import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a tree as YAML for people, always the same way: blocks with two spaces of indent, small objects and lists on
/// one line, quotes where a text could be taken for something else by readers of YAML 1.1 or 1.2. Stateless.
///
/// Source: YAML 1.2, section 7.3 (a JSON string is a double-quoted scalar).
public final class YamlWriter {

    /// Characters of a line with an object or a list on it.
    private static final int LINE = 100;

    /// Members of an object on one line.
    private static final int FEW = 2;

    /// Characters of a key that readers must take without a sign before it are 1024, quotes included.
    private static final int LONGEST_KEY = 1000;

    /// A text that no reader takes for anything else, on one line with others too.
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+()-][A-Za-z0-9_./+()-]*)*");

    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private final StringBuilder text = new StringBuilder();

    /// Characters of a line of a comment.
    private static final int COMMENT = 90;

    private final Map<String, String> comments;

    private YamlWriter(Map<String, String> comments) {
        this.comments = comments;
    }

    /// The text of a whole document, with a newline at its end. The depth of recursion is that of the tree.
    public static String write(JsonValue value) {
        return write(value, Map.of());
    }

    /// The same with comments above members and elements.
    ///
    /// @param comments by the JSON pointer of what they stand above; what stands on one line has none within
    public static String write(JsonValue value, Map<String, String> comments) {
        var writer = new YamlWriter(comments);
        switch (value) {
            case JsonObject(var members) when !members.isEmpty() -> writer.members(members, "", 0, false);
            case JsonArray(var elements) when !elements.isEmpty() -> writer.elements(elements, "", 0);
            case JsonObject _, JsonArray _, JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ ->
                writer.text.append(scalar(value)).append('\n');
        }
        return writer.text.toString();
    }

    /// @param begun whether the indent of the first line is written already
    private void members(Map<String, JsonValue> members, String pointer, int indent, boolean begun) {
        boolean first = begun;
        for (var member : members.entrySet()) {
            var at = pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
            if (!first) {
                comment(at, indent);
                text.repeat(' ', indent);
            }
            first = false;
            key(quoted(member.getKey()), indent);
            value(member.getValue(), at, indent);
        }
    }

    private void comment(String pointer, int indent) {
        var words = comments.getOrDefault(pointer, "");
        if (words.isEmpty()) {
            return;
        }
        for (var paragraph : words.lines().toList()) {
            var line = new StringBuilder();
            for (var word : paragraph.split(" ", -1)) {
                if (line.length() + word.length() >= COMMENT && !line.isEmpty()) {
                    text.repeat(' ', indent).append('#').append(line).append('\n');
                    line.setLength(0);
                }
                line.append(' ').append(word);
            }
            text.repeat(' ', indent)
                    .append('#')
                    .append(line.toString().stripTrailing())
                    .append('\n');
        }
    }

    private void key(String key, int indent) {
        if (key.length() > LONGEST_KEY) {
            text.append("? ").append(key).append('\n').repeat(' ', indent);
        } else {
            text.append(key);
        }
        text.append(':');
    }

    private void value(JsonValue value, String pointer, int indent) {
        var line = onOneLine(value);
        if (line.isPresent()) {
            text.append(' ').append(line.get()).append('\n');
            return;
        }
        text.append('\n');
        switch (value) {
            case JsonObject(var members) -> members(members, pointer, indent + 2, false);
            case JsonArray(var elements) -> elements(elements, pointer, indent + 2);
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> text.append(scalar(value));
        }
    }

    private void elements(List<JsonValue> elements, String pointer, int indent) {
        int index = 0;
        for (var element : elements) {
            var at = pointer + "/" + index++;
            comment(at, indent);
            text.repeat(' ', indent).append('-');
            var line = onOneLine(element);
            if (line.isPresent()) {
                text.append(' ').append(line.get()).append('\n');
            } else if (element instanceof JsonObject(var members)) {
                text.append(' ');
                members(members, at, indent + 2, true);
            } else {
                value(element, at, indent);
            }
        }
    }

    /// Scalars, and what is small enough.
    private static Optional<String> onOneLine(JsonValue value) {
        return switch (value) {
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> Optional.of(scalar(value));
            case JsonObject(var members) -> {
                if (members.isEmpty()) {
                    yield Optional.of("{}");
                }
                yield members.size() > FEW || !members.values().stream().allMatch(YamlWriter::isScalar)
                        ? Optional.empty()
                        : Optional.of(members.entrySet().stream()
                                        .map(member -> quoted(member.getKey()) + ": " + scalar(member.getValue()))
                                        .collect(Collectors.joining(", ", "{ ", " }")))
                                .filter(line -> line.length() <= LINE);
            }
            case JsonArray(var elements) ->
                elements.stream().allMatch(YamlWriter::isScalar) && elements.size() < LINE
                        ? Optional.of(elements.stream()
                                        .map(YamlWriter::scalar)
                                        .collect(Collectors.joining(", ", "[", "]")))
                                .filter(line -> line.length() <= LINE)
                        : Optional.empty();
        };
    }

    private static boolean isScalar(JsonValue value) {
        return !(value instanceof JsonObject || value instanceof JsonArray);
    }

    private static String scalar(JsonValue value) {
        return switch (value) {
            case JsonString(var content) -> quoted(content);
            case JsonNumber(var number) -> JsonWriter.digits(number);
            case JsonBoolean(var bool) -> Boolean.toString(bool);
            case JsonNull _ -> "null";
            case JsonObject _ -> "{}";
            case JsonArray _ -> "[]";
        };
    }

    /// The text as a scalar that is read as that text.
    public static String quoted(String content) {
        if (PLAIN.matcher(content).matches() && !WORDS.contains(content.toLowerCase(Locale.ROOT))) {
            return content;
        }
        var quoted = new StringBuilder("\"");
        JsonWriter.wellFormed(content).codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /// Source: YAML 1.2, section 5.1; line breaks of YAML 1.1 and the byte order mark are not taken for it.
    private static boolean isPrintable(int c) {
        return (c >= 0x20 && c < 0x7f)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c > 0xffff;
    }
}
