package dev.plimsoll.server.notify.message;

import dev.plimsoll.advisory.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A vulnerability of a package in an image.
///
/// @param id `CVE-2026-0001`, or what its source calls it
/// @param packageName of the package that is affected
/// @param purl empty where it has none
/// @param fixedIn versions, none where there is no fix
/// @param knownExploited whether it is used by attackers, by the catalogue of known exploited
/// vulnerabilities
/// @param firstSeen since when it hits this image
public record Finding(
        String id,
        Severity severity,
        String packageName,
        String version,
        String purl,
        List<String> fixedIn,
        boolean knownExploited,
        Optional<Instant> firstSeen) {

    public Finding {
        fixedIn = List.copyOf(fixedIn);
    }
}
