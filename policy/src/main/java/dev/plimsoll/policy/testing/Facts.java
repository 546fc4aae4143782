package dev.plimsoll.policy.testing;

import java.util.List;

/// What a test judges.
public sealed interface Facts permits SmallFacts, Facts.Stored {

    /// An inventory in a file.
    ///
    /// @param inventory its path, relative to the test file
    /// @param advisories folders of OSV records, relative to the test file
    record Stored(String inventory, List<String> advisories) implements Facts {
        public Stored {
            advisories = List.copyOf(advisories);
        }
    }
}
