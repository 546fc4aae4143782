package dev.plimsoll.policy.evaluation;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.Background;
import java.time.Instant;

/// What a verdict is made from.
///
/// @param name that mappings are asked for
/// @param at the instant that counts as now
/// @param background what the image itself does not tell
public record Evidence(Inventory inventory, MatchResult matches, ImageName name, Instant at, Background background) {

    /// Of an image of which nothing else is known.
    public Evidence(Inventory inventory, MatchResult matches, ImageName name, Instant at) {
        this(inventory, matches, name, at, Background.none());
    }

    /// The same as of another instant.
    public Evidence as(Instant instant) {
        return new Evidence(inventory, matches, name, instant, background);
    }

    /// The same of an image that holds something else.
    public Evidence of(Inventory other, MatchResult itsMatches) {
        return new Evidence(other, itsMatches, name, at, background);
    }

    /// The same, knowing more than the image tells.
    public Evidence with(Background known) {
        return new Evidence(inventory, matches, name, at, known);
    }
}
