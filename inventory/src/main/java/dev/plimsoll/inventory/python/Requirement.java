package dev.plimsoll.inventory.python;

import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/// A requirement of a distribution: `name[extra] == 1.2; python_version > "3"`.
///
/// Source: PyPA, "Dependency specifiers"; "Names and normalization".
///
/// @param name as it is written
/// @param specifier what stands behind name and extras: `==1.2`, `>=2,<3`, `@ https://…`; empty where any will do
/// @param marker when it holds, empty where always
record Requirement(String name, String specifier, String marker) {

    private static final Pattern FORM = Pattern.compile(
            "\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[[^\\]]*\\])?\\s*([^;]*?)\\s*(?:;(.*))?");
    private static final Pattern PINNED = Pattern.compile("\\(?\\s*===?\\s*([0-9A-Za-z][0-9A-Za-z.!+_-]*)\\s*\\)?");
    private static final Pattern OF_EXTRA = Pattern.compile("\\bextra\\s*==");

    /// In characters; the pattern takes time with the square of it.
    static final int MAX_LENGTH = 2_000;

    static Optional<Requirement> of(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Requirement(
                        matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3)))
                : Optional.empty();
    }

    /// The version where only one will do.
    Optional<String> pinned() {
        var matcher = PINNED.matcher(specifier);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Whether it is only needed by those who ask for an extra.
    boolean isOfExtra() {
        return OF_EXTRA.matcher(marker).find();
    }

    /// The name by which all spellings are one.
    String normalName() {
        return normal(name);
    }

    /// The normal form of a project's name: `Zope.Interface` is `zope-interface`.
    static String normal(String name) {
        return PackageUrl.comparableName(PackageType.PYPI, name);
    }
}
