package dev.plimsoll.inventory.wordpress;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The header of a plugin or theme: lines `Name: value` in a comment at the beginning of a file.
///
/// Source: WordPress Developer Resources, `get_file_data()`: the first 8 KiB, a field at the beginning of a line after
/// blanks and the signs of a comment; "Header requirements".
record WordPressHeader(Map<String, String> fields) {

    /// In bytes, as WordPress has it.
    static final int MAX_HEADER = 8 << 10;

    private static final Pattern FIELD = Pattern.compile(
            "(?im)^(?:[ \\t]*<\\?php)?[ \\t/*#@]*(Plugin Name|Theme Name|Version|License|Author|Description|Plugin URI|Theme URI|Requires Plugins|Template):(.*)$");

    static WordPressHeader of(LayerFile file) throws IOException {
        var text = new String(file.content().readNBytes(MAX_HEADER), StandardCharsets.UTF_8).replace('\r', '\n');
        var fields = new HashMap<String, String>();
        var matcher = FIELD.matcher(text);
        while (matcher.find()) {
            fields.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), cleaned(matcher.group(2)));
        }
        return new WordPressHeader(fields);
    }

    /// Without the end of a comment.
    private static String cleaned(String value) {
        var end = value.indexOf("*/");
        var close = value.indexOf("?>");
        var shortest = Math.min(end < 0 ? value.length() : end, close < 0 ? value.length() : close);
        return value.substring(0, shortest).strip();
    }

    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /// What the header says of the package of that name in WordPress's directory.
    PackageFound found(PackageType type, String slug, String title) {
        return PackageFound.ofLanguage(
                        type, "", slug, get("version"), ListedPackages.licenses(List.of(get("license"))), "")
                .withProperties(ListedPackages.properties(
                        Map.of(PackageProperty.SUMMARY, title, PackageProperty.VENDOR, get("author"))));
    }
}
