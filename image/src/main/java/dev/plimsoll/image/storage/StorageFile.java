package dev.plimsoll.image.storage;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The strings, and lists of strings, of a `storage.conf`: that much of TOML such a file needs. Values of other
/// types are passed over.
///
/// Source: containers-storage.conf(5); TOML v1.0.
///
/// @param values by table and key, `storage.graphroot`; a string is a list of one
record StorageFile(Path file, Map<String, List<String>> values) {

    /// In bytes; the commented one that comes with the packages has 10 kB.
    static final int MAX_FILE = 64 << 10;

    private static final Pattern TABLE = Pattern.compile("\\[([A-Za-z0-9_.-]+)\\]\\s*+(?:#.*)?");
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]+)\\s*+=\\s*+(.*)");

    /// @throws ImageException when the file cannot be read
    static StorageFile read(Path file) throws ImageException {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ImageException(Kind.NOT_FOUND, file + ": is longer than " + MAX_FILE + " bytes");
            }
            return parse(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(Kind.NOT_FOUND, file + ": cannot be read: " + e, e);
        }
    }

    static StorageFile parse(Path file, String latin1) {
        var text = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Map<String, List<String>> values = new HashMap<>();
        var table = "";
        for (var at = 0; at < text.length(); ) {
            var end = endOfLine(text, at);
            var line = text.substring(at, end);
            var header = TABLE.matcher(line.strip());
            var key = KEY.matcher(line.strip());
            if (header.matches()) {
                table = header.group(1) + ".";
            } else if (key.matches()) {
                List<String> strings = new ArrayList<>();
                var from = text.indexOf('=', at) + 1;
                end = key.group(2).startsWith("[")
                        ? endOfLine(text, list(text, text.indexOf('[', from) + 1, strings))
                        : end;
                if (!key.group(2).startsWith("[")) {
                    string(key.group(2), 0, strings);
                }
                values.put(table + key.group(1), List.copyOf(strings));
            }
            at = end + 1;
        }
        return new StorageFile(file, Map.copyOf(values));
    }

    private static int endOfLine(String text, int from) {
        var end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /// Reads the strings of a list, which may go over several lines with comments in them.
    ///
    /// @param from behind the bracket
    /// @return where it ends, or where something stands that is no string
    private static int list(String text, int from, List<String> into) {
        var at = from;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '#') {
                at = endOfLine(text, at);
            } else if (c == ',' || Character.isWhitespace(c)) {
                at++;
            } else {
                var next = string(text, at, into);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return at;
    }

    /// Reads a string in quotes, without escapes, which no path needs.
    ///
    /// @return where it ends; -1 where there is none
    private static int string(String text, int from, List<String> into) {
        var quote = from < text.length() ? text.charAt(from) : ' ';
        var end = quote == '"' || quote == '\'' ? text.indexOf(quote, from + 1) : -1;
        var inside = end < 0 ? "" : text.substring(from + 1, end);
        if (end < 0 || inside.indexOf('\n') >= 0 || (quote == '"' && inside.indexOf('\\') >= 0)) {
            return -1;
        }
        into.add(inside);
        return end + 1;
    }

    /// A text that is not empty.
    Optional<String> string(String key) {
        return list(key).stream().findFirst().filter(text -> !text.isEmpty());
    }

    List<String> list(String key) {
        return values.getOrDefault(key, List.of());
    }
}
