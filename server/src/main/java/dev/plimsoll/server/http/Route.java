package dev.plimsoll.server.http;

import dev.plimsoll.server.access.Permission;
import java.io.IOException;

/// One line of the table of routes, which tests and the OpenAPI document are held against.
///
/// @param path template, `/api/v1/images/{digest}`; a parameter is one segment
/// @param permission that the caller must have; also in the account that the object belongs to
/// @param bodyLimit most bytes of a request's body, {@link #SMALL} unless the route says otherwise
public record Route(Method method, String path, Permission permission, long bodyLimit, Handler handler) {

    /// In bytes: of most bodies.
    public static final long SMALL = 1L << 20;

    /// With a small body.
    public Route(Method method, String path, Permission permission, Handler handler) {
        this(method, path, permission, SMALL, handler);
    }

    /// Answers a request. Runs on a virtual thread of its own, so it may block.
    @FunctionalInterface
    public interface Handler {

        /// @throws ProblemException for whatever the caller should be told
        /// @throws IOException where the body cannot be read
        Reply handle(Request request) throws IOException;
    }

    /// How it is called in logs, metrics and tests: `GET /api/v1/images`.
    public String name() {
        return method + " " + path;
    }
}
