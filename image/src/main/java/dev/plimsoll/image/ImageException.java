package dev.plimsoll.image;

import java.io.IOException;
import java.util.Locale;

/// An image cannot be read: it is not there, not an image, damaged, or over a limit. The message names the file or
/// blob, the place, and the limit with its option where one was hit.
public final class ImageException extends IOException {

    private static final long serialVersionUID = 1L;

    /// In characters.
    private static final int MAX_MESSAGE = 2000;

    private final Kind kind;

    public ImageException(Kind kind, String message) {
        super(bounded(message));
        this.kind = kind;
    }

    public ImageException(Kind kind, String message, Throwable cause) {
        super(bounded(message), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// A message may quote names that an image's author chose: without characters that a terminal would act on, and
    /// with the middle left out where it is long.
    private static String bounded(String message) {
        var shown = new StringBuilder();
        for (var i = 0; i < message.length(); i++) {
            if (i == MAX_MESSAGE / 2 && message.length() > MAX_MESSAGE) {
                shown.append('…');
                i = message.length() - MAX_MESSAGE / 2;
            }
            var c = message.charAt(i);
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /// What a caller may want to tell apart.
    public enum Kind {
        /// The user named something that is no image, or named it ambiguously: a usage error.
        NOT_FOUND,
        /// The image is there and cannot be read in full: no verdict.
        UNREADABLE
    }
}
