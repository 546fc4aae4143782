package dev.plimsoll.policy.waiver;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.json.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes waivers as YAML: whole files, and one more into a file that people keep, whose comments and order stay.
public final class WaiverText {

    private static final int DEFAULT_INDENT = 2;

    /// What may stand without quotes, where a reader takes it for a text.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+@()-]*( [A-Za-z0-9._/+@()-]+)*");

    private static final Pattern LIST = Pattern.compile("waivers:[ \\t]*(#.*)?");
    private static final Pattern EMPTY_LIST = Pattern.compile("waivers:[ \\t]*\\[[ \\t]*\\][ \\t]*(#.*)?");
    private static final Pattern ITEM = Pattern.compile("( *)-( .*)?");

    private WaiverText() {}

    /// What became of a file that a waiver was put into.
    public sealed interface Appending {}

    public record Appended(String text) implements Appending {}

    /// @param reason one sentence, with what to do
    public record Refused(String reason) implements Appending {}

    /// A file with these waivers.
    ///
    /// @param waivers in the form that {@link WaiverReader} reads
    /// @param remarks lines of comment at its beginning
    public static String document(List<JsonObject> waivers, List<String> remarks) {
        var text = new StringBuilder();
        remarks.forEach(remark -> text.append(comment(remark)));
        text.append("version: ").append(WaiverReader.VERSION).append('\n');
        text.append(waivers.isEmpty() ? "waivers: []\n" : "waivers:\n");
        waivers.forEach(waiver -> text.append(item(waiver, DEFAULT_INDENT)));
        return text.toString();
    }

    private static String comment(String remark) {
        return "# " + remark.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085\\ufeff]", " ") + "\n";
    }

    /// The file with one waiver more: all that stands there stays, byte for byte.
    ///
    /// @param file its name; JSON, which has no comments, is written anew
    public static Appending append(String file, String text, JsonObject waiver) {
        JsonValue before;
        try {
            before = WaiverReader.tree(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
        var wanted = withOneMore(before, waiver);
        if (file.toLowerCase(Locale.ROOT).endsWith(".json")) {
            return new Appended(json(wanted));
        }
        var longer = inserted(text, waiver);
        try {
            // Whatever way the list is written in: only what reads as the old waivers and the new one is taken.
            if (YamlReader.readAuthored(longer.getBytes(StandardCharsets.UTF_8)).equals(wanted)) {
                return new Appended(longer);
            }
        } catch (JsonException e) {
            // the sentence below holds for this too
        }
        return new Refused("its list cannot be continued as it is written: write 'waivers:' at the beginning of a line"
                + " and each waiver on lines of its own beneath, each beginning with '-'");
    }

    private static JsonValue withOneMore(JsonValue document, JsonObject waiver) {
        var members = new LinkedHashMap<>(document instanceof JsonObject object ? object.members() : Map.of());
        var all = new ArrayList<JsonValue>(
                members.get(WaiverReader.WAIVERS) instanceof JsonArray(var elements) ? elements : List.of());
        all.add(waiver);
        members.put(WaiverReader.WAIVERS, new JsonArray(all));
        return new JsonObject(members);
    }

    private static String inserted(String text, JsonObject waiver) {
        var end = text.contains("\r\n") ? "\r\n" : "\n";
        var lines = new ArrayList<>(text.lines().toList());
        int list = -1;
        for (int i = 0; i < lines.size() && list < 0; i++) {
            if (EMPTY_LIST.matcher(lines.get(i)).matches()) {
                lines.set(i, lines.get(i).replaceFirst("\\[[ \\t]*\\]", "").stripTrailing());
                list = i;
            } else if (LIST.matcher(lines.get(i)).matches()) {
                list = i;
            }
        }
        if (list < 0) {
            lines.add("waivers:");
            list = lines.size() - 1;
        }
        int indent = -1;
        int next = list + 1;
        for (; next < lines.size() && !beginsAnother(lines.get(next)); next++) {
            var item = ITEM.matcher(lines.get(next));
            if (indent < 0 && item.matches()) {
                indent = item.group(1).length();
            }
        }
        // Before another member, its comments and the empty line above them belong to it.
        while (next < lines.size() && next - 1 > list && isSpace(lines.get(next - 1))) {
            next--;
        }
        lines.addAll(
                next, item(waiver, indent < 0 ? DEFAULT_INDENT : indent).lines().toList());
        return String.join(end, lines) + end;
    }

    private static boolean beginsAnother(String line) {
        return (!line.isBlank() && " #-\t".indexOf(line.charAt(0)) < 0) || line.startsWith("---");
    }

    private static boolean isSpace(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static String json(JsonValue document) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(out)) {
            writer.element(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// One element of the list.
    static String item(JsonObject waiver, int indent) {
        var text = new StringBuilder();
        members(text, waiver, indent + 2);
        return " ".repeat(indent) + "- " + text.substring(Math.min(indent + 2, text.length()));
    }

    private static void members(StringBuilder text, JsonObject object, int indent) {
        var lead = " ".repeat(indent);
        object.members().forEach((name, value) -> {
            text.append(lead).append(scalar(new JsonString(name))).append(':');
            switch (value) {
                case JsonObject inner
                when !inner.members().isEmpty() -> {
                    text.append('\n');
                    members(text, inner, indent + 2);
                }
                case JsonArray(var elements)
                when !elements.isEmpty() -> {
                    text.append('\n');
                    elements.forEach(element -> text.append(lead)
                            .append("  - ")
                            .append(scalar(element))
                            .append('\n'));
                }
                default -> text.append(' ').append(scalar(value)).append('\n');
            }
        });
    }

    /// A value on one line: plain where that is read as the same text, else as JSON, which YAML contains.
    private static String scalar(JsonValue value) {
        if (value instanceof JsonString(var plain) && PLAIN.matcher(plain).matches() && isRead(plain)) {
            return plain;
        }
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(out)) {
            writer.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing().replace("\u007f", "\\u007f");
    }

    private static boolean isRead(String plain) {
        try {
            return YamlReader.read(plain.getBytes(StandardCharsets.UTF_8)).equals(new JsonString(plain));
        } catch (JsonException e) {
            return false;
        }
    }
}
