package dev.plimsoll.versions;

import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Optional;

/// An ecosystem's order of versions. Stateless.
public interface VersionScheme {

    /// `dpkg`, `rpm`, `apk`, `npm`, `pep440`, `maven`, `rubygems`, `go`, `cargo`.
    String id();

    /// Orders two texts; empty where one of them is no version of this scheme.
    Optional<Integer> compare(String left, String right);

    /// Looks for the version in the intervals, in their order.
    RangeCheck check(String version, List<VersionInterval> intervals);

    /// The scheme of a package type, empty where none is known here.
    static Optional<VersionScheme> of(PackageType type) {
        return VersionSchemes.of(type);
    }
}
