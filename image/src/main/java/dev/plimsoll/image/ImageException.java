package dev.plimsoll.image;

import java.io.IOException;

/// An image cannot be read: it is not there, not an image, damaged, or over a limit. The message names the file or
/// blob, the place, and the limit with its option where one was hit.
public final class ImageException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public ImageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ImageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// What a caller may want to tell apart.
    public enum Kind {
        /// The user named something that is no image, or named it ambiguously: a usage error.
        NOT_FOUND,
        /// The image is there and cannot be read in full: no verdict.
        UNREADABLE
    }
}
