package dev.plimsoll.server.postgres;

import java.io.IOException;

/// The PostgreSQL that the service brings along cannot be started or stopped. Its message names the place and the
/// remedy.
public final class PostgresException extends IOException {

    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
