package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.java.ArchiveContents.Coordinates;
import java.util.List;
import java.util.Optional;

/// The coordinates of a `pom.xml` that was packed into an archive. Its path says group and artifact; only the version
/// must be found, the project's own or its
/// parent's. Looked for in one pass over the text, so that a hostile one costs no more than its length.
///
/// Source: Maven, "POM Reference", `version`, `parent`.
final class PomCoordinates {

    /// Parts that hold versions of other things.
    private static final List<String> OTHER_PARTS =
            List.of("dependencies", "dependencyManagement", "build", "profiles", "reporting", "distributionManagement");

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
