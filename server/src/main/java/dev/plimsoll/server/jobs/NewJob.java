package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.Optional;

/// Work to be done.
///
/// @param accountId empty where it is the whole service's
/// @param key at most one unfinished job of a kind has it: a second one is the first
public record NewJob(Optional<Long> accountId, Lane lane, String kind, String key, JsonObject payload) {

    /// Who waits for it. Workers for the first lane take nothing of the second, so that no sweep starves a person.
    public enum Lane {
        INTERACTIVE,
        SWEEP
    }
}
