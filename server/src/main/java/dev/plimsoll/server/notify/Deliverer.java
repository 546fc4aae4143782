package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.MessageReader;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.secrets.SecretException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is queued, each channel by threads of its own, so that one that hangs holds up nobody
/// else.
final class Deliverer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /// Most attempts under way on this server.
    private static final int MOST = 256;

    /// How long closing waits for attempts that are under way.
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final DeliveryQueue queue;
    private final ChannelKinds kinds;
    private final ChannelSecrets secrets;
    private final Tickets tickets;
    private final Map<Long, Integer> workers = new HashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /// Finds the tickets of a channel.
    @FunctionalInterface
    interface Tickets {
        TicketTable of(long channelId);
    }

    Deliverer(DeliveryQueue queue, ChannelKinds kinds, ChannelSecrets secrets, Tickets tickets) {
        this.queue = queue;
        this.kinds = kinds;
        this.secrets = secrets;
        this.tickets = tickets;
    }

    /// Starts threads for channels that have something to send; they end when there is nothing more.
    ///
    /// @return false: the threads go on by themselves
    boolean turn() {
        int lost = queue.recover();
        if (lost > 0) {
            LOG.info("{} messages were under way when a server stopped; they are tried again", lost);
        }
        for (var ready : queue.ready()) {
            var kind = kinds.find(ready.kind());
            if (kind.isPresent()) {
                start(ready, kind.get());
            }
        }
        return false;
    }

    private void start(DeliveryQueue.Ready ready, ChannelKind kind) {
        synchronized (workers) {
            int running = workers.getOrDefault(ready.channelId(), 0);
            int wanted = Math.min(kind.pace().inFlight() - running, ready.messages());
            for (int i = 0; i < wanted && threads.size() < MOST && !closing; i++) {
                workers.merge(ready.channelId(), 1, Integer::sum);
                var thread = Thread.ofVirtual()
                        .name("channel-" + ready.channelId())
                        .unstarted(() -> work(ready.channelId(), kind));
                threads.add(thread);
                thread.start();
            }
        }
    }

    private void work(long channelId, ChannelKind kind) {
        try {
            while (!closing) {
                var claimed = queue.claim(channelId, kind.pace());
                if (claimed.isEmpty()) {
                    return;
                }
                deliver(claimed.get(), kind);
            }
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.warn("deliveries of channel {} stopped for now", channelId, e);
            }
        } finally {
            synchronized (workers) {
                workers.computeIfPresent(channelId, (_, running) -> running > 1 ? running - 1 : null);
            }
            threads.remove(Thread.currentThread());
        }
    }

    private void deliver(Claimed claimed, ChannelKind kind) {
        long start = System.nanoTime();
        var outcome = send(claimed, kind);
        queue.record(claimed, outcome, Duration.ofNanos(System.nanoTime() - start), kind.pace());
        if (outcome instanceof Outcome.Final(var reason, var broken)) {
            LOG.warn(
                    "{} {} of account {}: {}",
                    broken ? "paused channel" : "a message is dead in channel",
                    claimed.channel(),
                    claimed.accountId(),
                    reason);
        }
    }

    private Outcome send(Claimed claimed, ChannelKind kind) {
        var sealed = JsonObject.EMPTY;
        try {
            sealed = secrets.open(claimed.accountId(), claimed.channel(), claimed.secrets());
            return new Redaction(sealed)
                    .of(kind.open(new Settings(claimed.settings(), sealed), tickets.of(claimed.channelId()))
                            .send(
                                    MessageReader.read(claimed.document()),
                                    new Attempt(
                                            claimed.attempts(),
                                            claimed.at(),
                                            claimed.document(),
                                            claimed.channelState())));
        } catch (SecretException e) {
            return new Outcome.Final(String.valueOf(e.getMessage()), true);
        } catch (SettingException e) {
            return new Redaction(sealed).of(new Outcome.Final(e.setting() + ": " + e.getMessage(), true));
        } catch (RuntimeException e) {
            // its text may hold a secret, an address above all: the place tells enough
            LOG.error(
                    "sending {} by channel {} of account {} failed: {} at {}",
                    claimed.id(),
                    claimed.channel(),
                    claimed.accountId(),
                    new Redaction(sealed).of(e.toString()),
                    e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
            return new Outcome.Retry("the service failed, its log tells more at " + claimed.id());
        }
    }

    /// Lets attempts that are under way come to their end, for a while; what is broken off then is
    /// tried again later.
    @Override
    public void close() {
        closing = true;
        var end = System.nanoTime() + GRACE.toNanos();
        for (var thread : threads) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    thread.interrupt();
                    thread.join(Duration.ofSeconds(2));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Tries a channel the way that messages go, without the queue.
    Outcome test(ChannelRow.Connection channel, ChannelKind kind, TestCall call) {
        var opened = JsonObject.EMPTY;
        try {
            opened = secrets.open(channel.accountId(), channel.name(), channel.secrets());
            return new Redaction(opened)
                    .of(kind.open(new Settings(channel.settings(), opened), tickets.of(channel.id()))
                            .test(call));
        } catch (SecretException e) {
            return new Outcome.Final(String.valueOf(e.getMessage()), true);
        } catch (SettingException e) {
            return new Redaction(opened).of(new Outcome.Final(e.setting() + ": " + e.getMessage(), true));
        }
    }
}
