package dev.plimsoll.server.notify.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks up the addresses of a host. Asked once per connection: what it says is checked, and what
/// was checked is used.
@FunctionalInterface
public interface Resolver {

    /// @throws UnknownHostException where the host has none, or nobody says so in time
    List<InetAddress> resolve(String host, Duration atMost) throws UnknownHostException;

    /// The machine's own. Its look-up cannot be interrupted and holds the thread that it runs on,
    /// so that it has a thread of its own.
    static Resolver ofSystem() {
        return (host, atMost) -> {
            var found = new CompletableFuture<List<InetAddress>>();
            Thread.ofPlatform().daemon().name("resolve").start(() -> {
                try {
                    found.complete(List.of(InetAddress.getAllByName(host)));
                } catch (UnknownHostException | RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
            try {
                return found.get(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                throw new UnknownHostException(host + ": no answer of the name server in time");
            } catch (ExecutionException _) {
                throw new UnknownHostException(host + " has no address");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(host + ": interrupted");
            }
        };
    }
}
