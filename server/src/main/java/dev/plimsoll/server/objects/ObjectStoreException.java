package dev.plimsoll.server.objects;

import java.io.IOException;

/// The store of objects cannot do what it was asked: unreachable, full, damaged. Its message names the object and the
/// place.
public final class ObjectStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    public ObjectStoreException(String message) {
        super(message);
    }

    public ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
