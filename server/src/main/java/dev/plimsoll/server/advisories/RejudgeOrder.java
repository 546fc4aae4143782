package dev.plimsoll.server.advisories;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.jobs.NewJob;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is left to do once a revision counts: tell of it, and judge again.
///
/// @param at the instant of the activation
/// @param quiet whether nobody is to be told
/// @param held whether the revision itself does not count, only its new entries of exploited vulnerabilities
/// @param all whether every image is judged again
/// @param releases whose images are judged again
record RejudgeOrder(long revision, Instant at, boolean quiet, boolean held, boolean all, List<String> releases) {

    static final String KIND = "rejudge";

    RejudgeOrder {
        releases = List.copyOf(releases);
    }

    NewJob job() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("revision", new JsonNumber(BigDecimal.valueOf(revision)));
        members.put("at", new JsonString(at.toString()));
        members.put("quiet", new JsonBoolean(quiet));
        members.put("held", new JsonBoolean(held));
        members.put("all", new JsonBoolean(all));
        members.put(
                "releases",
                new JsonArray(releases.stream()
                        .map(release -> (JsonValue) new JsonString(release))
                        .toList()));
        return new NewJob(
                Optional.empty(),
                NewJob.Lane.INTERACTIVE,
                KIND,
                "revision/" + revision + (held ? "/held" : ""),
                new JsonObject(members));
    }

    static RejudgeOrder read(JsonObject payload) {
        return new RejudgeOrder(
                payload.number("revision").orElseThrow().longValueExact(),
                Instant.parse(payload.string("at").orElseThrow()),
                is(payload, "quiet"),
                is(payload, "held"),
                is(payload, "all"),
                payload.strings("releases"));
    }

    private static boolean is(JsonObject payload, String name) {
        return payload.get(name).orElse(null) instanceof JsonBoolean(var value) && value;
    }
}
