package dev.plimsoll.advisory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one source says of one vulnerability.
///
/// @param id the source's own: `GHSA-…`, `DSA-…`, `ALSA-…`, `CVE-…`
/// @param aliases other ids of the same vulnerability, or the vulnerabilities that an erratum fixes; sorted
/// @param feed the feed that it came from: `ghsa`, `debian-tracker`, …
/// @param severity the source's own word, empty where it gives none
/// @param withdrawn when the source took it back
/// @param summary one line, may be empty
public record Advisory(
        String id,
        List<String> aliases,
        String feed,
        Optional<Severity> severity,
        List<CvssScore> cvss,
        Optional<Instant> published,
        Optional<Instant> modified,
        Optional<Instant> withdrawn,
        String summary,
        List<String> references) {

    public Advisory {
        aliases = aliases.stream().sorted().distinct().toList();
        cvss = List.copyOf(cvss);
        references = List.copyOf(references);
    }
}
