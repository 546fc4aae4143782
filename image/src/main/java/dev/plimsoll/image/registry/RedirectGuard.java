package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a registry from sending us where only we can go: an address of this machine, of its neighbours or of a private
/// network is asked on another host's word only where the registry that the user named lies there as well.
///
/// Where a proxy asks in our place, it and not we finds the address, so that only addresses that are written out are
/// judged.
final class RedirectGuard {

    private final Endpoint registry;
    private final Connections connections;
    private final Machine.Names names;
    private @Nullable Set<Reach> own;

    RedirectGuard(Endpoint registry, Connections connections, Machine.Names names) {
        this.registry = registry;
        this.connections = connections;
        this.names = names;
    }

    /// @param target absolute, with a host
    /// @param role says in a message what sent us there
    /// @throws IOException when it must not be asked
    void check(URI target, String role) throws IOException {
        var host = Endpoint.of(target).host();
        if (host.equals(registry.host())) {
            return;
        }
        for (var reach : reachOf(target)) {
            if (!mayReach(reach)) {
                throw Failure.unreadable(role + " leads to " + host + ", which is "
                        + switch (reach) {
                            case LOOPBACK -> "this machine";
                            case LINK_LOCAL -> "a link-local address";
                            case PRIVATE -> "an address of a private network";
                            case PUBLIC -> "a public address";
                        }
                        + ": that is followed only from a registry that lies there too");
            }
        }
    }

    /// Whether the registry is this machine itself.
    boolean registryIsLoopback() throws IOException {
        return ownReach().equals(EnumSet.of(Reach.LOOPBACK));
    }

    private boolean mayReach(Reach reach) throws IOException {
        return switch (reach) {
            case PUBLIC -> true;
            case PRIVATE -> ownReach().contains(Reach.PRIVATE) || ownReach().contains(Reach.LOOPBACK);
            case LOOPBACK, LINK_LOCAL -> ownReach().contains(reach);
        };
    }

    private synchronized Set<Reach> ownReach() throws IOException {
        if (own == null) {
            own = reachOf(registry.resolve("/"));
        }
        return own;
    }

    private Set<Reach> reachOf(URI uri) throws IOException {
        var host = Endpoint.withoutBrackets(Endpoint.of(uri).host());
        if (connections.proxy(uri).isPresent() && !Network.isAddress(host)) {
            return EnumSet.of(Reach.PUBLIC);
        }
        return Reach.of(host, names);
    }
}
