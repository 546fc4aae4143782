package dev.plimsoll.sqlite;

/// A file is no SQLite database that can be read here, or is damaged. The message names the page where there is one.
public final class SqliteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SqliteException(String message) {
        super(message);
    }

    public SqliteException(String message, Throwable cause) {
        super(message, cause);
    }
}
