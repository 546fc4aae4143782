package dev.plimsoll.server.testing;

import dev.plimsoll.server.notify.outbound.AllowedPlaces;
import dev.plimsoll.server.notify.outbound.GuardedOutbound;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.outbound.Resolver;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The real way out, with loopback allowed.
public final class TestOutbound {

    private TestOutbound() {}

    public static GuardedSockets sockets() {
        try {
            return new GuardedSockets(
                    AllowedPlaces.of(List.of("127.0.0.0/8")), Resolver.ofSystem(), SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Outbound outbound() {
        return new GuardedOutbound(sockets(), "plimsoll/test");
    }
}
