package dev.plimsoll.advisory.debian;

import dev.plimsoll.purl.DebianCodename;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.util.Optional;

/// From the code names of the security tracker to the releases that images call themselves by.
final class DebianReleases {

    private DebianReleases() {}

    static Optional<Ecosystem> of(String codename) {
        return DebianCodename.isKnown(codename)
                ? Optional.of(Ecosystem.of(new DistributionRelease("debian", DebianCodename.release(codename))))
                : Optional.empty();
    }
}
