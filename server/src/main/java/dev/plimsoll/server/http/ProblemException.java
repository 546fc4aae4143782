package dev.plimsoll.server.http;

import java.time.Duration;
import java.util.Optional;

/// What goes wrong with a request, told to the caller.
///
/// Source: RFC 9457, "Problem Details for HTTP APIs".
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String pointer;
    private final transient Optional<Duration> retryAfter;

    private ProblemException(int status, String type, String pointer, String detail, Optional<Duration> retryAfter) {
        super(detail);
        this.status = status;
        this.type = type;
        this.pointer = pointer;
        this.retryAfter = retryAfter;
    }

    /// @param type last part of the problem's name, `image-not-found`: stable, for machines
    /// @param detail a sentence that names the thing and the remedy
    public ProblemException(int status, String type, String detail) {
        this(status, type, "", detail, Optional.empty());
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(404, "not-found", detail);
    }

    /// Something in the request cannot be taken.
    ///
    /// @param place the query's parameter or the JSON pointer into the body, empty for the whole
    public static ProblemException invalid(String place, String detail) {
        return new ProblemException(
                400, "invalid-request", place, (place.isEmpty() ? "" : place + ": ") + detail, Optional.empty());
    }

    /// It stands against what is there.
    public static ProblemException conflict(String detail) {
        return new ProblemException(409, "conflict", detail);
    }

    public static ProblemException unauthorized(String detail) {
        return new ProblemException(401, "unauthorized", detail);
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(403, "forbidden", detail);
    }

    public static ProblemException tooLarge(long limit) {
        return new ProblemException(
                413, "too-large", "the body is larger than the " + limit + " bytes that are taken here");
    }

    /// Too often.
    public static ProblemException tooMany(String detail, Duration retryAfter) {
        return new ProblemException(429, "too-many-requests", "", detail, Optional.of(retryAfter));
    }

    /// Something that the service needs is not there for now.
    public static ProblemException unavailable(String detail) {
        return new ProblemException(503, "unavailable", "", detail, Optional.of(Duration.ofSeconds(5)));
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    /// The place in the request, empty where it is the whole.
    public String pointer() {
        return pointer;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// The sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
