package dev.plimsoll.policy.rule;

import java.util.List;

/// A family of triggers about one side of an image. Validation, documentation and evaluation all come from its
/// declarations.
///
/// Adding one is a class, its test and a line in `policy.gate.Gates`.
public interface Gate {

    /// Lower case, as bundles write it.
    String name();

    /// One sentence.
    String description();

    List<Trigger> triggers();

    /// What it does otherwise than Anchore's gate of that name, one sentence each.
    default List<String> differences() {
        return List.of();
    }
}
