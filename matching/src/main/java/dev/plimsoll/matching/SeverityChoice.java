package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Severity;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How bad a finding is, and which record says so.
///
/// @param record id, empty where nobody says
record SeverityChoice(Severity severity, String record) {

    private static final SeverityChoice UNKNOWN = new SeverityChoice(Severity.UNKNOWN, "");

    /// The worst of several; of equal ones the first by id.
    private static final Comparator<SeverityChoice> WORST = Comparator.comparing(SeverityChoice::severity)
            .thenComparing(SeverityChoice::record, Comparator.reverseOrder());

    /// The records that matched go first, then other records of this vulnerability alone; within each a source's own
    /// word goes before a word that is made of its score. An erratum over several CVEs that hits another package
    /// says nothing here: its word is that of the worst of them, for the product that it is about.
    static SeverityChoice of(List<Advisory> matched, List<Advisory> others) {
        var aliases = others.stream()
                .filter(advisory -> !VulnerabilityIds.isErratum(advisory))
                .toList();
        return worst(matched).or(() -> worst(aliases)).orElse(UNKNOWN);
    }

    private static Optional<SeverityChoice> worst(List<Advisory> advisories) {
        return advisories.stream()
                .flatMap(advisory -> advisory.severity().stream()
                        .filter(severity -> severity != Severity.UNKNOWN)
                        .map(severity -> new SeverityChoice(severity, advisory.id())))
                .max(WORST)
                .or(() -> advisories.stream()
                        .flatMap(advisory -> newest(advisory.cvss()).stream()
                                .map(score -> new SeverityChoice(rating(score), advisory.id())))
                        .max(WORST));
    }

    private static Optional<CvssScore> newest(List<CvssScore> scores) {
        return scores.stream().max(Comparator.comparing(CvssScore::version).thenComparing(CvssScore::base));
    }

    /// The word for a score.
    ///
    /// Source: CVSS v3.1 and v4.0 specifications, "Qualitative Severity Rating Scale"; "None" (0.0) is negligible
    /// here, because the source did judge. Version 2 knows no critical (NVD, "Vulnerability Metrics").
    static Severity rating(CvssScore score) {
        if (isBelow(score, "0.1")) {
            return Severity.NEGLIGIBLE;
        }
        if (isBelow(score, "4.0")) {
            return Severity.LOW;
        }
        if (isBelow(score, "7.0")) {
            return Severity.MEDIUM;
        }
        return isBelow(score, "9.0") || score.version().startsWith("2") ? Severity.HIGH : Severity.CRITICAL;
    }

    private static boolean isBelow(CvssScore score, String limit) {
        return score.base().compareTo(new BigDecimal(limit)) < 0;
    }
}
