package dev.plimsoll.purl;

import java.util.Optional;

/// The space in which an advisory's package name and versions have their meaning: a release of a distribution, or a
/// language's
/// registry. Its text is `debian:12` or the type of the package URL, `npm`.
public sealed interface Ecosystem extends Comparable<Ecosystem> {

    /// A release of a distribution and the type of its packages.
    record OfRelease(DistributionRelease release) implements Ecosystem {
        @Override
        public String toString() {
            return release.toString();
        }
    }

    /// A language's registry.
    record OfLanguage(PackageType type) implements Ecosystem {
        public OfLanguage {
            if (type.ofDistribution()) {
                throw new IllegalArgumentException(type + " needs a release");
            }
        }

        @Override
        public String toString() {
            return type.purlType();
        }
    }

    static Ecosystem of(PackageType type) {
        return new OfLanguage(type);
    }

    static Ecosystem of(DistributionRelease release) {
        return new OfRelease(release);
    }

    /// Reads the text form.
    static Optional<Ecosystem> parse(String text) {
        var colon = text.indexOf(':');
        if (colon > 0 && colon < text.length() - 1) {
            return Optional.of(of(new DistributionRelease(text.substring(0, colon), text.substring(colon + 1))));
        }
        return PackageType.of(text).filter(type -> !type.ofDistribution()).map(Ecosystem::of);
    }

    @Override
    default int compareTo(Ecosystem other) {
        return toString().compareTo(other.toString());
    }
}
