package dev.plimsoll.policy;

import java.time.Instant;
import java.util.Optional;

/// Something that made a result count for less, or otherwise, than its rule demands. A result keeps all that were
/// applied to it, in their order.
///
/// Adding one is a record here, a class in `policy.evaluation` that applies it, and its words in `report`.
public sealed interface Treatment {

    /// What the result counted for before.
    Action before();

    /// An allowlist item silenced it.
    ///
    /// @param description the item's, may be empty
    record Allowlisted(String allowlistId, String allowlistName, String itemId, String description, Action before)
            implements Treatment {}

    /// A rule that stops on what is new alone passes over what was known before.
    record KnownBefore(Newness.Cause cause, Action before) implements Treatment {}

    /// There is time yet to mend it.
    ///
    /// @param due when that ends; empty where time does not run yet
    /// @param from what the time is counted from, as bundles have it: `first_seen`
    record InGrace(Optional<Instant> due, String from, Action before) implements Treatment {}

    /// The time to mend it has passed, so that it counts as the rule demands.
    ///
    /// @param due when it passed
    record Overdue(Instant due, String from, Action before) implements Treatment {}
}
