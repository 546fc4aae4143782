package dev.plimsoll.versions;

import java.util.Optional;

/// How Cargo reads a semantic version.
///
/// Source: the crate `semver`, `Version::parse` (numbers fit 64 bits without sign) and `Version::cmp_precedence`,
/// which leaves build metadata out.
final class CargoVersion {

    private static final String LARGEST_NUMBER = Long.toUnsignedString(-1L);

    private CargoVersion() {}

    static Optional<SemanticVersion> parse(String text) {
        return SemanticVersion.parse(text, LARGEST_NUMBER);
    }
}
