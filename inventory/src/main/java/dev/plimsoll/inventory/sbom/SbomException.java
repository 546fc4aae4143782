package dev.plimsoll.inventory.sbom;

import java.io.IOException;

/// A document is none that is read here, is broken, or exceeds a limit. The message is part of a sentence, without the
/// document's name.
final class SbomException extends IOException {

    private static final long serialVersionUID = 1L;

    SbomException(String message) {
        super(message);
    }

    SbomException(String message, Throwable cause) {
        super(message, cause);
    }
}
