package dev.plimsoll.inventory.license;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What people call exceptions besides the identifiers of SPDX: `Libtool exception`, `Bison-2.2 exception`. Compared by
/// letters and digits; of several versions of an exception the newest is meant where the name has none. Immutable.
///
/// Source: Debian, "Machine-readable debian/copyright file" 1.0, "Syntax": a short name, `with`, keywords, `exception`.
final class ExceptionNames {

    /// In characters: a longer text is prose.
    private static final int MAX_LENGTH = 100;

    /// Names that have no word in common with the identifier.
    ///
    /// Source: the texts of the exceptions in copyright files of Debian 12 and in the SPDX licence list.
    private static final Map<String, String> OTHERS = Map.of(
            "autoconfdata", "Autoconf-exception-generic",
            "gccruntimelibrary", "GCC-exception-3.1");

    /// After the constants that its making needs.
    static final ExceptionNames KNOWN = new ExceptionNames();

    private final Map<String, String> byKey = new HashMap<>(OTHERS);

    private ExceptionNames() {
        for (var id : SpdxLicenses.KNOWN.exceptions().stream().sorted().toList()) {
            byKey.put(withoutDigits(key(id)), id);
        }
        SpdxLicenses.KNOWN.exceptions().forEach(id -> byKey.put(key(id), id));
        byKey.remove(""); // a number alone, and "with exceptions", name none
    }

    /// The identifier of SPDX; empty where the name is none that is known.
    Optional<String> identifier(String name) {
        return name.length() > MAX_LENGTH ? Optional.empty() : Optional.ofNullable(byKey.get(key(name)));
    }

    private static String key(String name) {
        var key = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .replace("exceptions", "")
                .replace("exception", "")
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(key::appendCodePoint);
        return key.toString();
    }

    private static String withoutDigits(String key) {
        int end = key.length();
        while (end > 0 && Character.isDigit(key.charAt(end - 1))) {
            end--;
        }
        return key.substring(0, end);
    }
}
