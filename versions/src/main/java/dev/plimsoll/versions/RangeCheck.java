package dev.plimsoll.versions;

/// Whether a version lies in one of several intervals.
public sealed interface RangeCheck {

    /// It does: in this one, the first that holds it.
    record Inside(VersionInterval interval) implements RangeCheck {}

    /// It lies in none.
    record Outside() implements RangeCheck {}

    /// A text is no version of the scheme, so nobody can tell.
    record CannotJudge(String reason) implements RangeCheck {}
}
