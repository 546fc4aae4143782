package dev.plimsoll.server.backup;

import java.io.IOException;

/// A backup cannot be written, read or restored. Its message names the place and the remedy.
public final class BackupException extends IOException {

    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
