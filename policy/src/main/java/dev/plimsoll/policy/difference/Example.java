package dev.plimsoll.policy.difference;

import dev.plimsoll.json.JsonValue.JsonObject;

/// An image that two rules answer differently about.
///
/// @param words for people
/// @param before what the first says: `STOP`, `nothing`, `cannot be judged (WARN)`
/// @param facts of a test file
public record Example(String words, String before, String after, JsonObject facts) {}
