package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.server.judging.VerdictStore.Circumstances;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The event `policy_eval`: a verdict became another one. Its words are those of the API, in lower case.
final class PolicyEvent {

    /// New results that an event tells, the most severe first; the counts beside them tell how many there are.
    static final int MAX_RESULTS = 200;

    private PolicyEvent() {}

    /// Of the row that it is about: that row is written once, with its event.
    static UUID id(long verdict, String digest, String name) {
        return UUID.nameUUIDFromBytes(
                ("policy_eval:" + verdict + ":" + digest + ":" + name).getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject payload(Circumstances all, Optional<Said> before, Said after, Verdict verdict) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("digest", new JsonString(all.digest()));
        var bundle = new LinkedHashMap<String, JsonValue>();
        bundle.put("id", new JsonString(all.policy().bundle().id()));
        bundle.put("version", number(all.policy().version()));
        bundle.put("digest", new JsonString(all.policy().bundle().digest()));
        members.put("bundle", new JsonObject(bundle));
        members.put("before", before.<JsonValue>map(PolicyEvent::said).orElseGet(JsonNull::new));
        members.put("after", said(after));
        var known = before.map(Said::results).orElseGet(ResultHashes::none);
        members.put(
                "new_results",
                new JsonArray(verdict.results().stream()
                        .filter(result -> result.action() != Action.GO)
                        .filter(known.lacks())
                        .limit(MAX_RESULTS)
                        .<JsonValue>map(PolicyEvent::result)
                        .toList()));
        members.put("gone_results", number(known.missingIn(after.results())));
        return new JsonObject(members);
    }

    private static JsonObject said(Said said) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("decision", new JsonString(said.decision().toLowerCase(Locale.ROOT)));
        members.put("final_action", new JsonString(said.finalAction().toLowerCase(Locale.ROOT)));
        members.put("stops", number(said.stops()));
        members.put("warns", number(said.warns()));
        return new JsonObject(members);
    }

    private static JsonObject result(RuleResult result) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("gate", new JsonString(result.gate()));
        members.put("trigger", new JsonString(result.trigger()));
        members.put("stable_id", new JsonString(result.stableId()));
        members.put("action", new JsonString(result.action().word()));
        members.put("message", new JsonString(result.message()));
        return new JsonObject(members);
    }

    private static JsonNumber number(int value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }
}
