package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Rows;
import dev.plimsoll.server.testing.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What the routes of this area are asked about in the matrix of roles.
public final class NotifyFixtures {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// Nobody listens there, and nobody is asked: the service sends nothing to its own machine.
    private static final String URL = "https://127.0.0.1:1/hook";

    private NotifyFixtures() {}

    /// By the names of routes.
    ///
    /// @param box the service's
    public static Map<String, RoleMatrix.Fixture> all(SecretBox box) {
        Map<String, RoleMatrix.Fixture> all = new HashMap<>();
        channels(all, box);
        subscriptions(all, box);
        all.put(
                "GET /api/v1/events",
                owner -> Target.plain().marked(event(owner).name()));
        all.put("GET /api/v1/events/{id}", owner -> {
            var event = event(owner);
            return Target.plain().path("id", event.id()).marked(event.name());
        });
        all.put("GET /api/v1/schemas/event-1.schema.json", _ -> Target.plain());
        all.put(
                "GET /api/v1/deliveries",
                owner -> Target.plain()
                        .marked(delivery(owner, channel(owner, box)).name()));
        all.put("GET /api/v1/deliveries/{id}", owner -> {
            var delivery = delivery(owner, channel(owner, box));
            return Target.plain().path("id", delivery.id()).marked(delivery.name());
        });
        all.put(
                "POST /api/v1/deliveries/{id}/redeliver",
                owner -> Target.plain()
                        .path("id", delivery(owner, channel(owner, box)).id())
                        .answers(202)
                        .unchanged(deliveries(owner)));
        return all;
    }

    private static void channels(Map<String, RoleMatrix.Fixture> all, SecretBox box) {
        all.put(
                "GET /api/v1/channels",
                owner -> Target.plain().query("limit", "1000").marked(channel(owner, box)));
        all.put(
                "POST /api/v1/channels",
                owner -> Target.plain()
                        .body("{\"name\":\"new-" + Rows.number() + "\",\"kind\":\"webhook\",\"settings\":{\"url\":\""
                                + URL + "\"}}")
                        .answers(201)
                        .unchanged(new Rows(owner.database()).all("channel", owner.account())));
        var one = "/api/v1/channels/{name}";
        all.put("GET " + one, owner -> named(owner, channel(owner, box)));
        all.put("PATCH " + one, owner -> named(owner, channel(owner, box)).body("{\"state\":\"paused\"}"));
        all.put("DELETE " + one, owner -> named(owner, channel(owner, box)));
        all.put(
                "POST " + one + "/test",
                owner -> named(owner, channel(owner, box)).body("{}"));
        all.put("POST " + one + "/rotate", owner -> named(owner, channel(owner, box)));
        all.put("POST " + one + "/redeliver", owner -> {
            var name = channel(owner, box);
            delivery(owner, name);
            return Target.plain().path("name", name).answers(202).unchanged(deliveries(owner));
        });
    }

    private static void subscriptions(Map<String, RoleMatrix.Fixture> all, SecretBox box) {
        all.put(
                "GET /api/v1/subscriptions",
                owner -> Target.plain().query("limit", "1000").marked(subscription(owner, box)));
        all.put(
                "POST /api/v1/subscriptions",
                owner -> Target.plain()
                        .body("{\"name\":\"new-" + Rows.number() + "\",\"channel\":\"" + channel(owner, box) + "\"}")
                        // the channel is none that the caller has
                        .refusesOthers(400)
                        .answers(201)
                        .unchanged(new Rows(owner.database()).all("subscription", owner.account())));
        var one = "/api/v1/subscriptions/{name}";
        all.put("GET " + one, owner -> subscribed(owner, subscription(owner, box)));
        all.put(
                "PATCH " + one,
                owner -> subscribed(owner, subscription(owner, box)).body("{\"active\":false}"));
        all.put("DELETE " + one, owner -> subscribed(owner, subscription(owner, box)));
    }

    private static Target named(Owner owner, String channel) {
        return Target.plain()
                .path("name", channel)
                .unchanged(new Rows(owner.database()).all("channel", owner.account()));
    }

    private static Target subscribed(Owner owner, String subscription) {
        return Target.plain()
                .path("name", subscription)
                .unchanged(new Rows(owner.database()).all("subscription", owner.account()));
    }

    private static Supplier<String> deliveries(Owner owner) {
        return new Rows(owner.database()).all("delivery", owner.account());
    }

    /// @return its name
    private static String channel(Owner owner, SecretBox box) {
        var name = "channel-" + Rows.number();
        var secrets = new JsonObject(Map.of("signing_secret", new JsonString(Scene.SECRET)));
        owner.database()
                .jdbi()
                .useTransaction(handle -> ChannelStore.add(
                        handle,
                        owner.account(),
                        name,
                        "webhook",
                        new JsonObject(Map.of("url", new JsonString(URL))),
                        new ChannelSecrets(box).seal(owner.account(), name, secrets),
                        NOW));
        return name;
    }

    /// @return its name
    private static String subscription(Owner owner, SecretBox box) {
        var name = "subscription-" + Rows.number();
        new Rows(owner.database()).add("""
                        insert into subscription (account_id, name, kinds, channel_id, filter, grouping, window_seconds,
                            active, created_at)
                        values (?, ?, array['vuln_update'],
                            (select id from channel where account_id = ? and name = ?), '{}', 'none', 0, true,
                            timestamptz '2026-01-01Z') returning id""", owner.account(), name, owner.account(), channel(owner, box));
        return name;
    }

    /// @param name what it is known by
    private record Made(String id, String name) {}

    private static Made event(Owner owner) {
        var name = "registry.example/event" + Rows.number() + ":latest";
        return new Made(new Rows(owner.database()).text("""
                                insert into event (id, account_id, kind, causes, at, name, payload, quiet)
                                values (gen_random_uuid(), ?, 'vuln_update', array[]::text[],
                                    timestamptz '2026-01-01Z', ?, '{}', false) returning id::text""", owner.account(), name), name);
    }

    private static Made delivery(Owner owner, String channel) {
        var group = "group-" + Rows.number();
        return new Made(new Rows(owner.database()).text("""
                                insert into delivery (id, account_id, channel_id, kind, group_key, state, next_at, created_at)
                                values (gen_random_uuid(), ?, (select id from channel where account_id = ? and name = ?),
                                    'vuln_update', ?, 'dead', timestamptz '2026-01-01Z', timestamptz '2026-01-01Z')
                                returning id::text""", owner.account(), owner.account(), channel, group), group);
    }
}
