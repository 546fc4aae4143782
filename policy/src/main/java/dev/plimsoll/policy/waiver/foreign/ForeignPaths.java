package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.inventory.Glob;
import java.util.List;
import java.util.Optional;

/// Patterns of paths as Trivy and Grype write them (doublestar): like ours, but for escapes and classes that exclude.
final class ForeignPaths {

    /// Ours asks for all places of a package, theirs for one.
    static final String NOTE = "A waiver with paths covers a result only where all its files fit one of them; for the"
            + " foreign list one file was enough";

    private ForeignPaths() {}

    /// Why a waiver cannot say it; empty where it can.
    static Optional<String> problem(List<String> patterns) {
        for (var pattern : patterns) {
            if (pattern.indexOf('\\') >= 0 || pattern.contains("[^") || pattern.contains("[!")) {
                return Optional.of("the pattern " + Drafts.quoted(pattern)
                        + " has an escape or a class that excludes, which waivers do not have");
            }
            try {
                var _ = new Glob(pattern);
            } catch (IllegalArgumentException e) {
                return Optional.of("the pattern " + Drafts.quoted(pattern) + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
