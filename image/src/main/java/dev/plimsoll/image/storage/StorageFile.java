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

/// The strings, and lists of strings, of a `storage.conf`: that much of TOML such a file needs. Values of other types
/// are passed over.
///
/// Source: containers-storage.conf(5); TOML v1.0.
///
/// @param values by table and key, `storage.graphroot`; a string is a list of one
record StorageFile(Path file, Map<String, List<String>> values) {

    /// In bytes; the commented one that comes with the packages has 10 kB.
    static final int MAX_FILE = 64 << 10;

    private static final Pattern TABLE = Pattern.compile("\\[([A-Za-z0-9_.-]+)\\]\\s*+(?:#.*)?");
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]+)\\s*+=\\s*+(.*)");
    /// Without escapes, which no path needs.
    private static final Pattern STRING = Pattern.compile("\"([^\"\\\\]*+)\"|'([^']*+)'");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]*+");

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
        var lines = text.lines().iterator();
        while (lines.hasNext()) {
            var line = lines.next().strip();
            var header = TABLE.matcher(line);
            var key = KEY.matcher(line);
            if (header.matches()) {
                table = header.group(1) + ".";
            } else if (key.matches()) {
                var value = new StringBuilder(key.group(2));
                // a list may go over several lines, each of which may end with a comment
                while (value.toString().startsWith("[") && !isClosed(value) && lines.hasNext()) {
                    value.append('\n').append(lines.next().strip());
                }
                values.put(table + key.group(1), strings(value.toString()));
            }
        }
        return new StorageFile(file, Map.copyOf(values));
    }

    private static boolean isClosed(CharSequence list) {
        return STRING.matcher(withoutComments(list)).replaceAll("").indexOf(']') >= 0;
    }

    private static String withoutComments(CharSequence value) {
        var kept = new StringBuilder();
        for (var line : value.toString().split("\n", -1)) {
            kept.append(line.startsWith("#") ? "" : line).append('\n');
        }
        return kept.toString();
    }

    private static List<String> strings(String value) {
        var plain = withoutComments(value).strip();
        var list = plain.startsWith("[");
        var matcher = STRING.matcher(plain);
        List<String> strings = new ArrayList<>();
        var at = list ? 1 : 0;
        while (at < plain.length() && matcher.region(between(plain, at), plain.length()).lookingAt()) {
            strings.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            at = matcher.end();
            if (!list) {
                break;
            }
        }
        return List.copyOf(strings);
    }

    private static int between(String text, int from) {
        var matcher = BETWEEN.matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.end() : from;
    }

    /// A text that is not empty.
    Optional<String> string(String key) {
        return list(key).stream().findFirst().filter(text -> !text.isEmpty());
    }

    List<String> list(String key) {
        return values.getOrDefault(key, List.of());
    }
}
