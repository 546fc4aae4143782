package dev.plimsoll.inventory.license;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What ecosystems call licences besides the identifiers of SPDX. A name is compared by its words: case, punctuation,
/// "license", "version" and zeros behind a number's point do not count. Immutable.
///
/// Source: the names of the SPDX licence list, and `license-names.txt`, whose head names its sources.
final class LicenseNames {

    /// In characters: a longer text is prose.
    private static final int MAX_LENGTH = 300;

    private static final Set<String> SAID_BY_EVERY_NAME =
            Set.of("the", "license", "licence", "licensed", "version", "v", "ver", "under", "a", "of", "software");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9+.]+");
    private static final Pattern VERSION = Pattern.compile("v?([0-9]+(?:\\.[0-9]+)*)(\\+?)");
    private static final Pattern ZEROS = Pattern.compile("(\\.0)+$");
    private static final Pattern LETTERS_WITH_NUMBER = Pattern.compile("([a-z]{2,}?)v?([0-9]+(?:\\.[0-9]+)*\\+?)");

    /// After the constants that its making needs.
    static final LicenseNames KNOWN = new LicenseNames();

    private final Map<String, LicenseExpression> byKey = new HashMap<>();

    private LicenseNames() {
        SpdxLicenses.KNOWN.names().forEach((id, name) -> {
            var license = SpdxLicenses.KNOWN.license(id).orElseThrow();
            byKey.putIfAbsent(key(name), license);
        });
        SpdxLicenses.KNOWN
                .names()
                .keySet()
                .forEach(id -> byKey.put(key(id), SpdxLicenses.KNOWN.license(id).orElseThrow()));
        for (var line : SpdxLicenses.lines("license-names.txt")) {
            int tab = line.indexOf('\t');
            var expression = LicenseExpression.parse(line.substring(tab + 1).strip())
                    .orElseThrow(() -> new IllegalStateException("no expression: " + line));
            byKey.put(key(line.substring(0, tab)), expression);
        }
    }

    /// What the name means; empty where nobody says so.
    Optional<LicenseExpression> meaning(String name) {
        return name.length() > MAX_LENGTH ? Optional.empty() : Optional.ofNullable(byKey.get(key(name)));
    }

    /// The words by which names are compared.
    static String key(String name) {
        var key = new StringBuilder();
        for (var part : BETWEEN_WORDS.split(name.toLowerCase(Locale.ROOT), -1)) {
            var word = part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
            if (word.isEmpty() || SAID_BY_EVERY_NAME.contains(word)) {
                continue;
            }
            var joined = LETTERS_WITH_NUMBER.matcher(word);
            if (joined.matches()) {
                key.append(joined.group(1))
                        .append(' ')
                        .append(number(joined.group(2)))
                        .append(' ');
            } else {
                key.append(number(word)).append(' ');
            }
        }
        return key.toString().strip();
    }

    private static String number(String word) {
        var version = VERSION.matcher(word);
        return version.matches() ? ZEROS.matcher(version.group(1)).replaceAll("") + version.group(2) : word;
    }
}
