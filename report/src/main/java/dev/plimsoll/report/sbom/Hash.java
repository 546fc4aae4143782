package dev.plimsoll.report.sbom;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A checksum that documents have a word for.
///
/// @param digits of SHA: `1`, `256`, `512`
/// @param hex lower-case hexadecimal digits
record Hash(String digits, String hex) {

    private static final Pattern FORM =
            Pattern.compile("sha-?(?:(1):([0-9a-f]{40})|(256):([0-9a-f]{64})|(512):([0-9a-f]{128}))");

    /// Reads `sha256:…`; empty where it is another algorithm or no digest.
    static Optional<Hash> parse(String text) {
        var matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group < 6; group += 2) {
            if (matcher.group(group) != null) {
                return Optional.of(new Hash(matcher.group(group), matcher.group(group + 1)));
            }
        }
        return Optional.empty();
    }

    /// As CycloneDX names it: `SHA-256`.
    String cycloneDxName() {
        return "SHA-" + digits;
    }

    /// As SPDX 2 names it: `SHA256`.
    String spdxName() {
        return "SHA" + digits;
    }
}
