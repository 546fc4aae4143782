package dev.plimsoll.policy.rule;

import java.util.List;

/// A value of a parameter that allows only certain words.
public interface Word {

    /// As bundles of format 2 write it.
    String word();

    /// What older bundles write for it.
    default List<String> olderWords() {
        return List.of();
    }
}
