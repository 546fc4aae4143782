package dev.plimsoll.policy.background;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.policy.background.PackageIndex.Entry;
import dev.plimsoll.purl.PackageType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a package index: JSON, or YAML with its own limit of length.
///
/// Format: docs/background.md.
public final class PackageIndexReader {

    /// In bytes, of JSON.
    public static final long MAX_FILE = 64L << 20;

    /// In packages of all types together.
    public static final int MAX_PACKAGES = 500_000;

    /// In versions of one package.
    public static final int MAX_VERSIONS = 20_000;

    /// In characters, of a name or version.
    public static final int MAX_TEXT = 500;

    /// In values of the JSON text: versions, names and what holds them.
    private static final int MAX_VALUES = 5_000_000;

    private static final Set<String> MEMBERS = Set.of("latest", "versions");

    private int count;

    private PackageIndexReader() {}

    /// @throws JsonException when it cannot be read, or is over a limit; the message names the place by JSON pointer
    public static PackageIndex read(byte[] bytes) throws JsonException {
        return new PackageIndexReader().index(tree(bytes));
    }

    private static JsonValue tree(byte[] bytes) throws JsonException {
        return firstCharacter(bytes) == '{'
                ? JsonReader.read(
                        bytes,
                        JsonLimits.FOREIGN
                                .withBytes(MAX_FILE)
                                .withValues(MAX_VALUES)
                                .withoutDuplicates())
                : YamlReader.read(bytes);
    }

    private static char firstCharacter(byte[] bytes) {
        for (var b : bytes) {
            if (b > ' ') {
                return (char) b;
            }
        }
        return ' ';
    }

    private PackageIndex index(JsonValue root) throws JsonException {
        if (!(root instanceof JsonObject object)
                || !(object.get("packages").orElse(null) instanceof JsonObject(var types))) {
            throw new JsonException(
                    "at /packages: an object is needed, with a type of package for each member, such as npm");
        }
        var packages = new EnumMap<PackageType, Map<String, Entry>>(PackageType.class);
        for (var type : types.entrySet()) {
            var place = "/packages/" + escaped(type.getKey());
            var known = PackageType.of(type.getKey())
                    .orElseThrow(() -> new JsonException(
                            "at " + place + ": no type of package; write it as package URLs do, such as npm or gem"));
            if (!(type.getValue() instanceof JsonObject(var entries))) {
                throw new JsonException("at " + place + ": an object is needed, with a package for each member");
            }
            var read = new HashMap<String, Entry>();
            for (var entry : entries.entrySet()) {
                var name = text(entry.getKey(), place);
                if (++count > MAX_PACKAGES) {
                    throw new JsonException("at " + place + ": over " + MAX_PACKAGES + " packages");
                }
                read.put(name, entry(entry.getValue(), place + "/" + escaped(name)));
            }
            packages.put(known, read);
        }
        return new PackageIndex(packages);
    }

    private static Entry entry(JsonValue value, String place) throws JsonException {
        if (!(value instanceof JsonObject(var members))) {
            throw new JsonException("at " + place + ": an object is needed, with 'latest' and 'versions'");
        }
        for (var name : members.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw new JsonException(
                        "at " + place + "/" + escaped(name) + ": no such member; allowed are latest, versions");
            }
        }
        Optional<String> latest = members.containsKey("latest")
                ? Optional.of(version(members.get("latest"), place + "/latest"))
                : Optional.empty();
        var versions = new LinkedHashSet<String>();
        if (members.containsKey("versions")) {
            if (!(members.get("versions") instanceof JsonArray(var elements))) {
                throw new JsonException("at " + place + "/versions: a list is needed");
            }
            if (elements.size() > MAX_VERSIONS) {
                throw new JsonException("at " + place + "/versions: over " + MAX_VERSIONS + " versions");
            }
            for (int i = 0; i < elements.size(); i++) {
                versions.add(version(elements.get(i), place + "/versions/" + i));
            }
        }
        return new Entry(latest, versions);
    }

    /// A version; YAML reads `1.10` as a number and keeps its digits.
    private static String version(JsonValue value, String place) throws JsonException {
        return switch (value) {
            case JsonString(var text) -> text(text, place);
            case JsonNumber(var number) -> text(number.toPlainString(), place);
            default -> throw new JsonException("at " + place + ": a version is needed");
        };
    }

    private static String text(String text, String place) throws JsonException {
        if (text.isBlank()) {
            throw new JsonException("at " + place + ": a name or version is empty");
        }
        if (text.length() > MAX_TEXT) {
            throw new JsonException("at " + place + ": a name or version is over " + MAX_TEXT + " characters");
        }
        return text;
    }

    /// A member's name in a JSON pointer (RFC 6901, section 3), no longer than a message may be.
    private static String escaped(String name) {
        var start = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return start.replace("~", "~0").replace("/", "~1");
    }
}
