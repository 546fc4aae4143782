package dev.plimsoll.inventory.xz;

import java.io.IOException;

/// Bytes are not packed by xz, are damaged, or unpack to over a limit; the message is one sentence.
public final class XzException extends IOException {

    private static final long serialVersionUID = 1L;

    XzException(String message) {
        super(message);
    }
}
