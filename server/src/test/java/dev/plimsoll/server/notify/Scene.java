package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.Event;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.events.EventLog;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.webhook.WebhookKind;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// A service that only tells people, with its database, a clock that stands still, and an account.
final class Scene implements AutoCloseable {

    static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// In milliseconds: a guard against hangs.
    private static final long PATIENCE = 120_000;

    final TestDatabase test = TestDatabase.create();
    final TestClock clock = new TestClock();
    final long account = TestApi.account(test.database(), "main");
    final Notifications notifications;
    final TestApi api;

    Scene(List<ChannelKind> kinds, RetrySchedule schedule) {
        this(kinds, schedule, Duration.ofMinutes(2));
    }

    Scene(List<ChannelKind> kinds, RetrySchedule schedule, Duration lease) {
        notifications = service(test, clock, kinds, schedule, lease);
        api = new TestApi(notifications.routes()).as(account, Role.EDITOR);
    }

    /// With webhooks that are tried again at once, twice.
    static Scene ofWebhooks() {
        return new Scene(
                List.of(new WebhookKind(outbound(), 4)), new RetrySchedule(List.of(Duration.ZERO, Duration.ZERO)));
    }

    static Outbound outbound() {
        return new DirectOutbound(Duration.ofSeconds(2));
    }

    static Notifications service(
            TestDatabase test, InstantSource clock, List<ChannelKind> kinds, RetrySchedule schedule, Duration lease) {
        return new Notifications(
                test.database(),
                clock,
                new SecretBox(new byte[SecretBox.KEY_LENGTH]),
                kinds,
                new Notifications.Options(
                        schedule, lease, Optional.of(URI.create("https://plimsoll.test/")), Duration.ofDays(90)));
    }

    void webhook(String name, String url) {
        var answer = api.post("/api/v1/channels", """
                {"name":"%s","kind":"webhook","settings":{"url":"%s"},"secrets":{"signing_secret":"%s"}}""".formatted(name, url, SECRET));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
    }

    /// @param more members, such as `"grouping":"cve"`
    void subscribe(String name, String channel, String more) {
        var answer = api.post("/api/v1/subscriptions", """
                {"name":"%s","channel":"%s"%s}""".formatted(name, channel, more.isEmpty() ? "" : "," + more));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
    }

    Event event(EventKind kind, Set<Cause> causes, String name, String payload) {
        return event(account, kind, causes, name, payload, false);
    }

    Event event(long of, EventKind kind, Set<Cause> causes, String name, String payload, boolean quiet) {
        return new Event(
                UUID.randomUUID(), of, kind, causes, clock.instant(), Optional.empty(), name, json(payload), quiet);
    }

    /// `vuln_update` with one new finding.
    Event found(String name, String cve, String severity) {
        return event(EventKind.VULN_UPDATE, Set.of(Cause.ADVISORY_ADDED), name, """
                {"digest":"%s","revision":7,"added":[%s],"changed":[],"gone":[]}""".formatted(
                        digest(name), finding(cve, severity, true, false)));
    }

    static String digest(String name) {
        return "sha256:" + "%064x".formatted(Integer.toUnsignedLong(name.hashCode()));
    }

    static String finding(String cve, String severity, boolean fixed, boolean exploited) {
        return """
                {"id":"%s","severity":"%s","package":"openssl","version":"3.0.1","purl":"pkg:deb/debian/openssl@3.0.1",\
                "fixed_in":[%s],"known_exploited":%s,"first_seen":"2026-05-01T00:00:00Z"}""".formatted(cve, severity, fixed ? "\"3.0.2\"" : "", exploited);
    }

    void happens(Event... events) {
        happens(List.of(events));
    }

    void happens(List<Event> events) {
        test.database().jdbi().useTransaction(handle -> EventLog.add(handle, events));
    }

    /// Dispatches until nothing is left.
    void dispatch() {
        while (notifications.dispatch()) {
            // further
        }
    }

    /// Delivers until the condition holds.
    void deliverUntil(BooleanSupplier done) throws InterruptedException {
        deliverUntil(notifications, done);
    }

    static void deliverUntil(Notifications notifications, BooleanSupplier done) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE * 1_000_000; !done.getAsBoolean(); ) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not happen");
            }
            notifications.deliver();
            Thread.sleep(5);
        }
    }

    /// How many deliveries are in each state.
    Map<String, Integer> states() {
        return Map.copyOf(test.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select state, count(*) as number from delivery group by state")
                        .reduceRows(new HashMap<String, Integer>(), (all, row) -> {
                            all.put(row.getColumn("state", String.class), row.getColumn("number", Integer.class));
                            return all;
                        })));
    }

    boolean settled() {
        var states = states();
        return states.keySet().stream()
                .noneMatch(state -> Set.of("gathering", "queued", "sending").contains(state));
    }

    List<String> column(String query) {
        return test.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    static JsonObject json(String text) {
        try {
            return (JsonObject) JsonReader.read(text, JsonLimits.AUTHORED);
        } catch (JsonException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public void close() {
        notifications.close();
        test.close();
    }
}
