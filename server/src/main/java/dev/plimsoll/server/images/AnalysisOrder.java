package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.NewJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An image that somebody wants to have analysed.
///
/// @param platform of an index; empty for the service's own, or the only one there is
/// @param force whether it is read even where it is known
public record AnalysisOrder(Reference reference, Optional<Platform> platform, boolean force) {

    static final String KIND = "analyze";

    /// @param turn 0, or how many jobs of the same order are under way already
    NewJob job(long accountId, NewJob.Lane lane, int turn) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("reference", new JsonString(reference.toString()));
        platform.ifPresent(wanted -> members.put("platform", new JsonString(wanted.toString())));
        if (force) {
            members.put("force", new JsonBoolean(true));
        }
        var key = accountId + " " + reference
                + platform.map(wanted -> " " + wanted).orElse("") + (force ? " force" : "")
                + (turn > 0 ? " " + turn : "");
        return new NewJob(Optional.of(accountId), lane, KIND, key, new JsonObject(members));
    }

    static AnalysisOrder of(JsonObject payload) {
        try {
            return new AnalysisOrder(
                    Reference.parse(payload.string("reference").orElse("")),
                    payload.string("platform").flatMap(Platform::parse),
                    payload.get("force").equals(Optional.of(new JsonBoolean(true))));
        } catch (ImageException e) {
            throw new JobFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// For people.
    String name() {
        return reference.taggedOrDigested();
    }
}
