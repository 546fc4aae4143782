package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;

/// Matches an inventory with the data that the first match was made with.
@FunctionalInterface
public interface Rematch {

    MatchResult match(Inventory inventory);
}
