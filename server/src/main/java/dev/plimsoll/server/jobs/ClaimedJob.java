package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.Optional;

/// A job that a worker took.
///
/// @param attempt from 1
/// @param owner names this claim and no other: what is written of the job is written where it still has that owner
record ClaimedJob(long id, Optional<Long> accountId, String kind, JsonObject payload, int attempt, String owner) {}
