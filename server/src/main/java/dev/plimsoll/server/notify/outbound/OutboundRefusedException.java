package dev.plimsoll.server.notify.outbound;

import java.io.IOException;

/// A place that may not be asked: loopback, a private network, another scheme. The message names it and
/// the remedy.
public final class OutboundRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public OutboundRefusedException(String message) {
        super(message);
    }
}
