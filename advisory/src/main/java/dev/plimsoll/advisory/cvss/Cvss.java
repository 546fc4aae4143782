package dev.plimsoll.advisory.cvss;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// Scores from vectors, computed by a library.
///
/// Source: FIRST, CVSS v3.0, v3.1 and v4.0 specification documents.
public final class Cvss {

    /// The longest vector of v4.0 with all its metrics is shorter, in characters.
    static final int MAX_VECTOR = 512;

    private static final BigDecimal HIGHEST = BigDecimal.TEN;

    private Cvss() {}

    /// Reads a vector with its prefix; empty for v2 and for what is no vector.
    ///
    /// @param source who gave it
    public static Optional<CvssScore> parse(String source, String vector) {
        var text = vector.strip();
        if (text.length() > MAX_VECTOR || !text.startsWith("CVSS:")) {
            return Optional.empty();
        }
        var slash = text.indexOf('/');
        var version = slash < 0 ? "" : text.substring("CVSS:".length(), slash);
        if (!version.equals("3.0") && !version.equals("3.1") && !version.equals("4.0")) {
            return Optional.empty();
        }
        us.springett.cvss.Score score;
        try {
            var parsed = us.springett.cvss.Cvss.fromVector(text);
            if (parsed == null) {
                return Optional.empty();
            }
            score = parsed.calculateScore();
        } catch (RuntimeException e) {
            // The library says "no vector" with exceptions of several kinds.
            return Optional.empty();
        }
        var three = version.startsWith("3");
        return Optional.of(new CvssScore(
                source,
                version,
                text,
                rounded(score.getBaseScore()),
                three ? Optional.of(rounded(score.getExploitabilitySubScore())) : Optional.empty(),
                three ? Optional.of(rounded(score.getImpactSubScore())) : Optional.empty()));
    }

    /// The word for a score.
    ///
    /// Source: CVSS v3.1 and v4.0, "Qualitative Severity Rating Scale"; their "None" is our NEGLIGIBLE.
    public static Severity severity(BigDecimal base) {
        var tenths = base.min(HIGHEST).movePointRight(1).intValue();
        return tenths >= 90
                ? Severity.CRITICAL
                : tenths >= 70
                        ? Severity.HIGH
                        : tenths >= 40 ? Severity.MEDIUM : tenths >= 1 ? Severity.LOW : Severity.NEGLIGIBLE;
    }

    private static BigDecimal rounded(double score) {
        return BigDecimal.valueOf(score).setScale(1, RoundingMode.HALF_UP);
    }
}
