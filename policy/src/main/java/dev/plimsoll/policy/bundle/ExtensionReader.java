package dev.plimsoll.policy.bundle;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.rule.Names;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final String NEW_ONLY = "new_only";
    private static final String EXISTING_ACTION = "existing_action";
    private static final String GRACE = "grace";
    private static final Set<String> MEMBERS = Set.of(UNKNOWN_ACTION, FAILURE_ACTION, NEW_ONLY, EXISTING_ACTION, GRACE);
    private static final Set<String> TERM_MEMBERS =
            Set.of("severity_at_least", "known_exploited", "fix_available", "days", "from");

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
                            place.optional(FAILURE_ACTION).flatMap(word -> action(place, FAILURE_ACTION, word)),
                            place.flag(NEW_ONLY),
                            place.optional(EXISTING_ACTION).flatMap(word -> action(place, EXISTING_ACTION, word)),
                            place.has(GRACE) ? Optional.of(grace(place)) : Optional.empty());
                })
                .orElse(RuleExtensions.NONE);
    }

    private static List<GraceTerm> grace(Place of) {
        var terms = new ArrayList<GraceTerm>();
        for (var place : of.objects(GRACE)) {
            place.knows(TERM_MEMBERS);
            if (!place.has("days")) {
                place.error("the member 'days' is missing");
            }
            var severity = place.optional("severity_at_least")
                    .flatMap(word -> word(place, "severity_at_least", word, Severity.values()));
            var from = place.required("from").flatMap(word -> word(place, "from", word, GraceTerm.From.values()));
            var days = place.wholeNumber("days");
            if (days.isPresent() && from.isPresent()) {
                terms.add(new GraceTerm(
                        severity, place.flag("known_exploited"), place.flag("fix_available"), days.get(), from.get()));
            }
        }
        return terms;
    }

    private static <E extends Enum<E>> Optional<E> word(Place place, String member, String word, E[] values) {
        for (var value : values) {
            if (value.name().equalsIgnoreCase(word.strip())) {
                return Optional.of(value);
            }
        }
        var allowed = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        place.error(member, "unknown word '" + Names.shortened(word) + "': " + Names.advice(word, allowed));
        return Optional.empty();
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
