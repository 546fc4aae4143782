package dev.plimsoll.policy.waiver;

import dev.plimsoll.policy.pattern.NamePattern;
import java.util.Optional;

/// Texts with `*` for any run of characters. A waiver has no regular expressions: who signs it must see what it means.
final class Wildcards {

    private static final String REGEXP = "regexp:";

    private Wildcards() {}

    /// Empty for a regular expression.
    static Optional<NamePattern> compile(String text) {
        return text.strip().startsWith(REGEXP)
                ? Optional.empty()
                : switch (NamePattern.compile(text, false)) {
                    case NamePattern.Usable(var pattern) -> Optional.of(pattern);
                    case NamePattern.Refused _ -> Optional.empty();
                };
    }
}
