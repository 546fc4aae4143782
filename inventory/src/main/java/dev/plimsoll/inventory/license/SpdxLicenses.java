package dev.plimsoll.inventory.license;

import dev.plimsoll.inventory.license.LicenseExpression.License;
import dev.plimsoll.inventory.license.LicenseExpression.With;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The identifiers of the SPDX licence list, with the replacements of deprecated ones. Immutable.
///
/// Source: the SPDX licence list; which data is in `spdx-licenses.txt`, its head says.
final class SpdxLicenses {

    /// What deprecated identifiers mean: those of the GNU family by their form, and these.
    ///
    /// Source: the SPDX licence list, notes of the deprecated identifiers.
    private static final Map<String, LicenseExpression> REPLACED = Map.of(
            "BSD-2-Clause-FreeBSD", new License("BSD-2-Clause", false),
            "BSD-2-Clause-NetBSD", new License("BSD-2-Clause", false),
            "bzip2-1.0.5", new License("bzip2-1.0.6", false),
            "StandardML-NJ", new License("SMLNJ", false),
            "wxWindows", new With(new License("LGPL-2.0-or-later", false), "WxWindows-exception-3.1"),
            "eCos-2.0", new With(new License("GPL-2.0-or-later", false), "eCos-exception-2.0"),
            "Net-SNMP", new License("Net-SNMP", false));

    private static final List<String> GNU = List.of("GPL-", "LGPL-", "AGPL-", "GFDL-");

    /// Exceptions that stand in the identifier of a deprecated licence: `GPL-2.0-with-classpath-exception`.
    private static final Map<String, String> EXCEPTIONS_IN_NAMES = Map.of(
            "GPL-2.0-with-autoconf-exception", "Autoconf-exception-2.0",
            "GPL-2.0-with-bison-exception", "Bison-exception-2.2",
            "GPL-2.0-with-classpath-exception", "Classpath-exception-2.0",
            "GPL-2.0-with-font-exception", "Font-exception-2.0",
            "GPL-2.0-with-GCC-exception", "GCC-exception-2.0",
            "GPL-3.0-with-autoconf-exception", "Autoconf-exception-3.0",
            "GPL-3.0-with-GCC-exception", "GCC-exception-3.1");

    /// After the constants that its making needs.
    static final SpdxLicenses KNOWN = new SpdxLicenses();

    private final Map<String, String> byLowerCase = new HashMap<>();
    private final Map<String, String> exceptions = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    private SpdxLicenses() {
        for (var line : lines("spdx-licenses.txt")) {
            var kind = line.charAt(0);
            int tab = line.indexOf('\t', 2);
            var id = line.substring(2, tab);
            var lower = id.toLowerCase(Locale.ROOT);
            if (kind == 'E' || kind == 'O') {
                exceptions.put(lower, id);
            } else {
                byLowerCase.put(lower, id);
                if (kind == 'L' && tab + 1 < line.length()) {
                    names.put(id, line.substring(tab + 1));
                }
            }
        }
    }

    /// The lines of a file of data beside this class that are no comment.
    static List<String> lines(String resource) {
        try (var in = Objects.requireNonNull(SpdxLicenses.class.getResourceAsStream(resource), resource);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The licence of that identifier, in any case, perhaps with `+`; a deprecated one becomes what replaced it.
    Optional<LicenseExpression> license(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var id = byLowerCase.get(lower);
        if (id != null) {
            return Optional.of(current(id));
        }
        if (lower.endsWith("+")) {
            var plain = byLowerCase.get(lower.substring(0, lower.length() - 1));
            if (plain != null) {
                return Optional.of(orLater(plain));
            }
        }
        return Optional.empty();
    }

    private LicenseExpression current(String id) {
        var exception = EXCEPTIONS_IN_NAMES.get(id);
        if (exception != null) {
            return new With(new License(id.substring(0, id.indexOf("-with-")) + "-only", false), exception);
        }
        if (id.endsWith("+")) {
            return orLater(id.substring(0, id.length() - 1));
        }
        var gnu = id + "-only";
        return isGnu(id) && byLowerCase.containsKey(gnu.toLowerCase(Locale.ROOT))
                ? new License(gnu, false)
                : REPLACED.getOrDefault(id, new License(id, false));
    }

    private LicenseExpression orLater(String id) {
        var later = id + "-or-later";
        return isGnu(id) && byLowerCase.containsKey(later.toLowerCase(Locale.ROOT))
                ? new License(later, false)
                : new License(id, true);
    }

    private static boolean isGnu(String id) {
        return GNU.stream().anyMatch(id::startsWith);
    }

    /// The exception of that identifier, in any case.
    Optional<String> exception(String word) {
        return Optional.ofNullable(exceptions.get(word.toLowerCase(Locale.ROOT)));
    }

    /// The identifiers of all exceptions.
    Collection<String> exceptions() {
        return exceptions.values();
    }

    /// Full names by identifier, of licences that are not deprecated.
    Map<String, String> names() {
        return names;
    }
}
