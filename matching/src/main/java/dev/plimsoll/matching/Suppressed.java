package dev.plimsoll.matching;

/// A finding that does not count, and why.
///
/// @param reason one sentence without a final stop
public record Suppressed(Finding finding, String reason) implements Comparable<Suppressed> {
    @Override
    public int compareTo(Suppressed other) {
        return finding.compareTo(other.finding);
    }
}
