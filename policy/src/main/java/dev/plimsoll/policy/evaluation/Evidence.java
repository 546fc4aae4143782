package dev.plimsoll.policy.evaluation;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import java.time.Instant;

/// What a verdict is made from.
///
/// @param name that mappings are asked for
/// @param at the instant that counts as now
public record Evidence(Inventory inventory, MatchResult matches, ImageName name, Instant at) {}
