package dev.plimsoll.inventory.documents;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.PackageProperty;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Hands on the packages that one file lists, within limits of their number and of their texts. Not safe for several
/// threads.
public final class ListedPackages {

    /// In packages of one file; the largest lock files have some thousand.
    public static final int MAX_PACKAGES = 50_000;

    /// In characters, of a name, a namespace or a version.
    public static final int MAX_NAME = 512;

    /// In characters; a longer licence is its text and not its name.
    public static final int MAX_LICENSE = 200;

    /// In licences of one package.
    public static final int MAX_LICENSES = 100;

    /// In names that one package needs.
    public static final int MAX_DEPENDENCIES = 2_000;

    /// In characters of a property.
    private static final int MAX_PROPERTY = 2_000;

    /// In characters of a text that a message shows.
    private static final int MAX_SHOWN = 100;

    private final FactSink facts;
    private int count;

    public ListedPackages(FactSink facts) {
        this.facts = facts;
    }

    /// Takes a package. One whose name or version is none becomes an unknown; a version that is empty is not known.
    ///
    /// @return whether more can be taken
    public boolean add(PackageFound found) {
        if (count == MAX_PACKAGES) {
            facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
        }
        if (count >= MAX_PACKAGES) {
            count++;
            return false;
        }
        count++;
        if (!isWord(found.name())
                || (!found.version().isEmpty() && !isWord(found.version()))
                || (!found.namespace().isEmpty() && !isWord(found.namespace()))) {
            facts.unknown(
                    found.place(), "'" + shown(found.name() + " " + found.version()) + "' is no name and version");
        } else {
            facts.add(found);
        }
        return true;
    }

    /// Whether a text can be a name or a version.
    public static boolean isWord(String text) {
        return !text.isBlank()
                && text.length() <= MAX_NAME
                && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0xfffd);
    }

    /// Those of the texts that can be the name of a licence.
    public static List<String> licenses(List<String> texts) {
        return texts.stream()
                .map(String::strip)
                .filter(text -> isWord(text) && text.length() <= MAX_LICENSE)
                .limit(MAX_LICENSES)
                .toList();
    }

    /// Those of the texts that can be the name of a package, each once.
    public static List<String> dependencies(List<String> texts) {
        return texts.stream()
                .filter(ListedPackages::isWord)
                .distinct()
                .limit(MAX_DEPENDENCIES)
                .toList();
    }

    /// Properties without those that are empty or no line of text.
    public static Map<PackageProperty, String> properties(Map<PackageProperty, String> texts) {
        var kept = new EnumMap<PackageProperty, String>(PackageProperty.class);
        texts.forEach((property, text) -> {
            var line = text.strip();
            if (!line.isEmpty() && line.length() <= MAX_PROPERTY && line.chars().noneMatch(c -> c < ' ')) {
                kept.put(property, line);
            }
        });
        return kept;
    }

    /// The beginning of a text, as a message shows it.
    public static String shown(String text) {
        var start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return start.codePoints()
                .map(c -> c < ' ' || c == 0x7f ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
