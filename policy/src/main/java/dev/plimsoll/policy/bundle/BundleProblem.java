package dev.plimsoll.policy.bundle;

/// Something wrong with a bundle.
///
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the whole text
/// @param message what is wrong, what is allowed, and the nearest name where one was mistyped
public record BundleProblem(Severity severity, String pointer, String message) {

    public enum Severity {
        ERROR,
        WARNING
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "/" : pointer) + ": " + message;
    }
}
