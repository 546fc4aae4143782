package dev.plimsoll.advisory;

/// Advisory data cannot be read or built. The message names file, place and remedy.
public final class AdvisoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AdvisoryException(String message) {
        super(message);
    }

    public AdvisoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
