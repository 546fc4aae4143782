package dev.plimsoll.matching;

import dev.plimsoll.inventory.ImagePackage;

/// A finding that does not count, and why.
///
/// @param reason one sentence without a final stop
public record Suppressed(Finding finding, String reason) implements Comparable<Suppressed> {

    /// The same of the package in another image.
    @SuppressWarnings("ReferenceEquality") // the very same needs no copy
    Suppressed of(ImagePackage other) {
        return other == finding.item() ? this : new Suppressed(finding.of(other), reason);
    }

    @Override
    public int compareTo(Suppressed other) {
        return finding.compareTo(other.finding);
    }
}
