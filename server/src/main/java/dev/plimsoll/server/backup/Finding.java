package dev.plimsoll.server.backup;

/// What the doctor found.
///
/// @param what is so, with its place
/// @param remedy what to do; empty where there is nothing to do
public record Finding(Severity severity, String what, String remedy) {

    /// How bad it is.
    public enum Severity {
        /// As it should be, or good to know.
        NOTE,
        /// The service works, and should be looked after.
        WARNING,
        /// Something is broken or lost.
        ERROR
    }

    public static Finding note(String what) {
        return new Finding(Severity.NOTE, what, "");
    }

    public static Finding warning(String what, String remedy) {
        return new Finding(Severity.WARNING, what, remedy);
    }

    public static Finding error(String what, String remedy) {
        return new Finding(Severity.ERROR, what, remedy);
    }
}
