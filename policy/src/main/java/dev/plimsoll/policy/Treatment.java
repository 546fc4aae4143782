package dev.plimsoll.policy;

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
}
