package dev.plimsoll.server.http;

/// The files of certificate and key cannot be used; the message names the file and the remedy.
public final class TlsFilesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsFilesException(String message) {
        super(message);
    }

    TlsFilesException(String message, Throwable cause) {
        super(message, cause);
    }
}
