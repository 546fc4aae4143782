package dev.plimsoll.versions;

import java.util.Optional;

/// How npm reads a semantic version.
///
/// Source: npm's `semver`, strict mode: one leading `v` is allowed, `=` is not; at most 256 characters; numbers
/// that a JavaScript number holds exactly. Besides, `1` and `1.0` are read as `1.0.0`: npm has no such versions,
/// but advisories do.
final class NpmVersion {

    /// Characters.
    static final int MAX_LENGTH = 256;

    private static final String LARGEST_NUMBER = Long.toString((1L << 53) - 1);

    private NpmVersion() {}

    static Optional<SemanticVersion> parse(String text) {
        var version = text.startsWith("v") ? text.substring(1) : text;
        return SemanticVersion.parse(SemanticVersion.completed(version), LARGEST_NUMBER);
    }
}
