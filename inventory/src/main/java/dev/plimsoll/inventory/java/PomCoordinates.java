package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.java.ArchiveContents.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The coordinates of a `pom.xml` that was packed into an archive. Its path says group and artifact; only the version
/// must be found, the project's own or its
/// parent's. Looked for in one pass over the text, so that a hostile one costs no more than its length.
///
/// Source: Maven, "POM Reference", `version`, `parent`, `licenses`.
final class PomCoordinates {

    /// Parts that hold versions of other things.
    private static final List<String> OTHER_PARTS =
            List.of("dependencies", "dependencyManagement", "build", "profiles", "reporting", "distributionManagement");

    /// In licences of one project.
    static final int MAX_LICENSES = 50;

    /// In characters; a longer name is a text.
    static final int MAX_LICENSE = 200;

    private PomCoordinates() {}

    static Optional<Coordinates> read(String text, String group, String artifact) {
        var plain = without(text, "<!--", "-->");
        for (var part : OTHER_PARTS) {
            plain = without(plain, "<" + part + ">", "</" + part + ">");
        }
        var parent = between(plain, "<parent>", "</parent>");
        var version = between(without(plain, "<parent>", "</parent>"), "<version>", "</version>")
                .or(() -> parent.flatMap(inside -> between(inside, "<version>", "</version>")))
                .map(String::strip)
                .orElse("");
        return version.isEmpty() || version.contains("${") || version.chars().anyMatch(c -> c <= ' ' || c == '<')
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    /// Names of the licences that the project gives for itself.
    static List<String> licenses(String text) {
        var plain = without(text, "<!--", "-->");
        var names = new ArrayList<String>();
        var rest = between(plain, "<licenses>", "</licenses>").orElse("");
        var from = 0;
        while (names.size() < MAX_LICENSES) {
            var start = rest.indexOf("<name>", from);
            var end = start < 0 ? -1 : rest.indexOf("</name>", start);
            if (end < 0) {
                break;
            }
            var name = unescaped(rest.substring(start + "<name>".length(), end));
            if (!name.isEmpty() && name.length() <= MAX_LICENSE && !name.contains("${") && name.indexOf('<') < 0) {
                names.add(name);
            }
            from = end;
        }
        return names;
    }

    /// Without XML's own escapes, and on one line.
    private static String unescaped(String text) {
        return text.replace("&lt;", " ")
                .replace("&gt;", " ")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&")
                .strip()
                .replaceAll("\\s+", " ");
    }

    /// The text without the parts between these marks; a part that does not end goes to the end of the text.
    private static String without(String text, String open, String close) {
        var kept = new StringBuilder();
        var from = 0;
        while (true) {
            var start = text.indexOf(open, from);
            if (start < 0) {
                return kept.append(text, from, text.length()).toString();
            }
            kept.append(text, from, start);
            var end = text.indexOf(close, start + open.length());
            if (end < 0) {
                return kept.toString();
            }
            from = end + close.length();
        }
    }

    private static Optional<String> between(String text, String open, String close) {
        var start = text.indexOf(open);
        var end = start < 0 ? -1 : text.indexOf(close, start);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(start + open.length(), end));
    }
}
