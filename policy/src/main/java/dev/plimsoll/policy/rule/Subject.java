package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import java.time.Instant;

/// What triggers judge.
///
/// @param at the instant that counts as now
/// @param unknownSeverity what findings without a severity mean to a rule that compares severities
public record Subject(Inventory inventory, MatchResult matches, Instant at, Action unknownSeverity) {}
