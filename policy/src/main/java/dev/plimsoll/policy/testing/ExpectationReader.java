package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.pattern.NamePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads what a test expects.
final class ExpectationReader {

    static final Set<String> MEMBERS = Set.of("decision", "action", "results", "only", "absent", "unjudged");
    static final Set<String> RESULT_MEMBERS = Set.of("rule", "gate", "trigger", "action", "id", "count");

    private ExpectationReader() {}

    static Expectation read(Place place) {
        place.knowsOnly(MEMBERS);
        if (place.tree().members().isEmpty()) {
            place.error("it expects nothing, so that it cannot fail: write for example decision: pass");
        }
        return new Expectation(
                decision(place),
                action(place, "action"),
                place.objects("results").stream().map(ExpectationReader::result).toList(),
                place.flag("only").orElse(false),
                place.texts("absent"),
                place.has("unjudged") ? Optional.of(place.texts("unjudged")) : Optional.empty());
    }

    private static ExpectedResult result(Place place) {
        place.knowsOnly(RESULT_MEMBERS);
        if (place.tree().members().isEmpty()) {
            place.error("it means every result: name a rule, a gate or an id");
        }
        var gate = place.optional("gate");
        gate.filter(name -> !(Gates.find(name) instanceof Gates.Found))
                .ifPresent(name -> place.error("gate", "there is no such gate"));
        var count = place.wholeNumber("count");
        return new ExpectedResult(
                place.optional("rule"),
                gate,
                place.optional("trigger"),
                action(place, "action"),
                place.optional("id").flatMap(text -> id(place, text)),
                count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty());
    }

    private static Optional<NamePattern> id(Place place, String text) {
        return switch (NamePattern.compile(text, false)) {
            case NamePattern.Usable(var pattern) -> Optional.of(pattern);
            case NamePattern.Refused(var reason) -> {
                place.error("id", "cannot be used: " + reason);
                yield Optional.empty();
            }
        };
    }

    private static Optional<Decision> decision(Place place) {
        return word(place, "decision", Decision.values());
    }

    static Optional<Action> action(Place place, String member) {
        return word(place, member, Action.values());
    }

    private static <E extends Enum<E>> Optional<E> word(Place place, String member, E[] values) {
        var word = place.optional(member);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        var found = Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(word.get().replace('-', '_')))
                .findFirst();
        if (found.isEmpty()) {
            List<String> allowed = Arrays.stream(values)
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toList();
            place.error(member, "unknown word; allowed are " + String.join(", ", allowed));
        }
        return found;
    }
}
