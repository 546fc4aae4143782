package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.Action;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads members `plimsoll`, of a rule and of the bundle.
final class ExtensionReader {

    /// The member that holds them.
    static final String MEMBER = "plimsoll";

    private static final String UNKNOWN_ACTION = "unknown_action";
    private static final String FAILURE_ACTION = "failure_action";
    private static final Set<String> MEMBERS = Set.of(UNKNOWN_ACTION, FAILURE_ACTION);

    private ExtensionReader() {}

    /// What an object's member says; nothing where it has none.
    static RuleExtensions read(Place of) {
        if (!of.has(MEMBER)) {
            return RuleExtensions.NONE;
        }
        return of.object(MEMBER)
                .map(place -> {
                    place.knows(MEMBERS);
                    return new RuleExtensions(
                            place.optional(UNKNOWN_ACTION).flatMap(word -> action(place, UNKNOWN_ACTION, word)),
                            place.optional(FAILURE_ACTION).flatMap(word -> action(place, FAILURE_ACTION, word)));
                })
                .orElse(RuleExtensions.NONE);
    }

    /// An action's word, in any case; a problem where it is none.
    static Optional<Action> action(Place place, String member, String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "STOP" -> Optional.of(Action.STOP);
            case "WARN" -> Optional.of(Action.WARN);
            case "GO" -> Optional.of(Action.GO);
            default -> {
                place.error(
                        member,
                        "unknown action '" + Names.shortened(word) + "': "
                                + Names.advice(word, List.of("STOP", "WARN", "GO")));
                yield Optional.empty();
            }
        };
    }
}
