package dev.plimsoll.policy.testing;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.Optional;

/// A rule written otherwise in one place.
///
/// @param part what is changed: a parameter's name, `action`, `rule`, or a member of `plimsoll`
/// @param change in words: `high → medium`
/// @param tree the rule's new text; empty where the rule is gone
public record RuleMutant(String part, String change, Optional<JsonObject> tree) {}
