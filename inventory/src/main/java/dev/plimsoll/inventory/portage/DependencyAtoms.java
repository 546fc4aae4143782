package dev.plimsoll.inventory.portage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The packages that a dependency specification names: `>=dev-libs/openssl-3:0=[-bindist(-)]`. Of alternatives all;
/// those that USE flags would bring are not told from the others, because portage has dropped those that are off.
/// Blocked packages are left out.
///
/// Source: Gentoo, Package Manager Specification 8, 8.2 (dependency specification format) and 8.3 (package dependency
/// specifications).
final class DependencyAtoms {

    /// In packages that one needs.
    static final int MAX_NAMES = 5_000;

    private static final Pattern ATOM =
            Pattern.compile("(<=|>=|<|>|=|~)?([A-Za-z0-9_][A-Za-z0-9+_.-]*)/([A-Za-z0-9_][A-Za-z0-9+_.*-]*?)"
                    + "(?::([^\\[\\]]*))?(?:\\[[^\\]]*\\])?");

    /// Behind an operator.
    private static final Pattern VERSION =
            Pattern.compile("-[0-9]+(?:\\.[0-9]+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)[0-9]*)*(?:-r[0-9]+)?\\*?$");

    private DependencyAtoms() {}

    /// `category/name`, with `:slot` where one is named; each once, sorted.
    static List<String> names(String specification) {
        var names = new TreeSet<String>();
        for (var word : specification.split("\\s+", -1)) {
            var atom = ATOM.matcher(word);
            if (names.size() < MAX_NAMES && atom.matches()) {
                var name = atom.group(1) == null
                        ? atom.group(3)
                        : VERSION.matcher(atom.group(3)).replaceFirst("");
                names.add(atom.group(2) + "/" + name + slot(atom.group(4)));
            }
        }
        return new ArrayList<>(names);
    }

    /// Without the subslot and the operators `=` and `*`.
    private static String slot(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var end = text.indexOf('/');
        var slot = (end < 0 ? text : text.substring(0, end)).replaceAll("[=*]", "");
        return slot.isEmpty() ? "" : ":" + slot;
    }
}
