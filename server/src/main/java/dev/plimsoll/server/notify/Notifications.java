package dev.plimsoll.server.notify;

import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.store.Database;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that tells people: its routes, and what runs again and again. Several servers on one database
/// share the work.
public final class Notifications implements AutoCloseable {

    /// How soon after an event its message is made, and how soon after that it is sent, at most and
    /// without a window.
    private static final Duration DISPATCH_PAUSE = Duration.ofMillis(500);

    private static final Duration DELIVERY_PAUSE = Duration.ofMillis(250);
    private static final Duration CLEANING_PAUSE = Duration.ofMinutes(10);

    private final EventDispatch dispatch;
    private final Composer composer;
    private final Deliverer deliverer;
    private final Retention retention;
    private final List<Route> routes;

    /// What an operator may set.
    ///
    /// @param schedule when messages are tried again
    /// @param lease how long a server may take for an attempt before another one takes over: longer
    /// than any attempt
    /// @param address of this service as its users know it, for links in messages; empty: no links
    /// @param kept how long what was delivered, and events, are kept
    public record Options(RetrySchedule schedule, Duration lease, Optional<URI> address, Duration kept) {

        public static final Options DEFAULT =
                new Options(RetrySchedule.STANDARD, Duration.ofMinutes(2), Optional.empty(), Duration.ofDays(90));
    }

    public Notifications(
            Database database, InstantSource clock, SecretBox box, List<ChannelKind> channelKinds, Options options) {
        var kinds = new ChannelKinds(channelKinds);
        var secrets = new ChannelSecrets(box);
        this.dispatch = new EventDispatch(database, clock);
        this.composer = new Composer(database, clock, new Links(options.address()));
        this.deliverer = new Deliverer(
                new DeliveryQueue(database, clock, options.schedule(), options.lease()),
                kinds,
                secrets,
                channel -> new TicketTable(database, clock, channel));
        this.retention = new Retention(database, clock, options.kept());
        this.routes = Stream.of(
                        new ChannelRoutes(database, clock, kinds, secrets, deliverer).routes(),
                        new SubscriptionRoutes(database, clock, kinds, secrets).routes(),
                        new EventRoutes(database).routes(),
                        new DeliveryRoutes(database, clock).routes())
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /// What has to run for messages to go out.
    public List<Periodic> periodics() {
        return List.of(
                new Periodic("dispatch of events", DISPATCH_PAUSE, this::dispatch),
                new Periodic("deliveries", DELIVERY_PAUSE, this::deliver),
                new Periodic("cleaning of deliveries", CLEANING_PAUSE, retention::batch));
    }

    /// Makes messages of what happened: one batch.
    ///
    /// @return whether there may be more at once
    public boolean dispatch() {
        boolean events = dispatch.batch();
        boolean messages = composer.batch();
        return events || messages;
    }

    /// Starts sending what is queued.
    ///
    /// @return false: threads of their own go on
    public boolean deliver() {
        return deliverer.turn();
    }

    /// Lets attempts that are under way come to their end, for a while. To be called when nothing runs
    /// any more.
    @Override
    public void close() {
        deliverer.close();
    }
}
