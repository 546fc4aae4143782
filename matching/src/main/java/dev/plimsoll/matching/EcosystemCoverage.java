package dev.plimsoll.matching;

import dev.plimsoll.purl.PackageType;

/// Whether an ecosystem that the image has packages of could be judged.
///
/// @param name `debian:12`, `npm`; `rpm` where the image names no release
/// @param packages how many packages of it the image holds
/// @param records how many records the data holds for it
public record EcosystemCoverage(String name, PackageType type, State state, int packages, long records)
        implements Comparable<EcosystemCoverage> {

    /// Three cases that a run must tell apart.
    public enum State {
        /// There are records.
        COVERED,
        /// Its versions could be compared, but there are no records: nobody can say that it is clean.
        DATA_MISSING,
        /// There is no version scheme for it here yet.
        NOT_COVERED
    }

    @Override
    public int compareTo(EcosystemCoverage other) {
        return name.compareTo(other.name);
    }
}
