package dev.plimsoll.advisory;

import java.math.BigDecimal;
import java.util.Optional;

/// A score by the Common Vulnerability Scoring System.
///
/// @param source who gave it: the feed's name
/// @param vector with its prefix, `CVSS:3.1/AV:N/…`
/// @param version `3.0`, `3.1`, `4.0`
/// @param exploitability sub-score of v3, empty for v4
/// @param impact sub-score of v3, empty for v4
public record CvssScore(
        String source,
        String version,
        String vector,
        BigDecimal base,
        Optional<BigDecimal> exploitability,
        Optional<BigDecimal> impact) {}
