package dev.plimsoll.policy.waiver;

import java.time.Instant;
import java.util.List;

/// What a waiver does to a result that it covers.
public sealed interface Effect {

    /// The words that a file may write.
    List<String> WORDS = List.of("suppress", "downgrade", "extend");

    /// As a file writes it.
    String word();

    /// The result counts for nothing.
    record Suppress() implements Effect {
        @Override
        public String word() {
            return "suppress";
        }
    }

    /// What would stop only warns.
    record Downgrade() implements Effect {
        @Override
        public String word() {
            return "downgrade";
        }
    }

    /// A rule that gives time to mend it gives it until then.
    record Extend(Instant deadline) implements Effect {
        @Override
        public String word() {
            return "extend";
        }
    }
}
