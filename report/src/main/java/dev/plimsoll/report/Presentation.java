package dev.plimsoll.report;

/// How text for people is shown.
///
/// @param width columns; lines are kept within
/// @param colour whether escape sequences may be used
/// @param detail whether long lists are written in full
public record Presentation(int width, boolean colour, boolean detail) {

    /// For files: no colour, wide.
    public static final Presentation PLAIN = new Presentation(120, false, false);
}
