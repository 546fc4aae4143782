package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Names;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads one rule against the declarations of the gates.
final class RuleReader {

    private static final Set<String> MEMBERS =
            with(Format.REMARKS, "id", "gate", "trigger", "action", "params", "recommendation", ExtensionReader.MEMBER);

    private final Format format;
    private final boolean allowBacktracking;
    private final RuleExtensions general;

    /// @param general what holds for rules that do not say
    RuleReader(Format format, boolean allowBacktracking, RuleExtensions general) {
        this.format = format;
        this.allowBacktracking = allowBacktracking;
        this.general = general;
    }

    /// The rule, where nothing is wrong with it that would keep it from being judged.
    Optional<Rule> read(Place place) {
        place.knows(MEMBERS);
        var id = format.idsRequired()
                ? place.required("id")
                : place.optional("id").filter(text -> !text.isEmpty());
        var action = action(place);
        var recommendation = place.optional("recommendation").orElse("");
        var extensions = ExtensionReader.read(place).orElse(general);
        var gate = gate(place);
        var trigger = gate.flatMap(found -> trigger(place, found));
        if (trigger.isEmpty()) {
            return Optional.empty();
        }
        trigger.get().withoutEffect().ifPresent(why -> place.warning("trigger", "the rule does nothing: " + why));
        var arguments = arguments(place, trigger.get());
        return arguments.isEmpty() || action.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rule(
                        id.orElse(place.pointer().substring(1)),
                        gate.get(),
                        trigger.get(),
                        arguments.get(),
                        action.get(),
                        format.descriptionOf(place),
                        recommendation,
                        extensions));
    }

    private static Optional<Action> action(Place place) {
        var word = place.required("action");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return ExtensionReader.action(place, "action", word.get());
    }

    private static Optional<Gate> gate(Place place) {
        var name = place.required("gate");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var shown = "'" + Names.shortened(name.get()) + "'";
        return switch (Gates.find(name.get())) {
            case Gates.Found(var gate) -> Optional.of(gate);
            case Gates.Ended(var successor) -> {
                place.error(
                        "gate",
                        "the gate " + shown + " was ended by Anchore long ago"
                                + (successor.isEmpty()
                                        ? " and has no successor: remove the rule"
                                        : ": its successor is '" + successor + "'"));
                yield Optional.empty();
            }
            case Gates.Unknown() -> {
                var names = Gates.all().stream().map(Gate::name).toList();
                var near = Names.nearest(name.get(), names);
                place.error(
                        "gate",
                        "unknown gate " + shown + ": allowed are " + String.join(", ", names)
                                + near.map(found -> "; did you mean '" + found + "'?")
                                        .orElse(""));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Trigger> trigger(Place place, Gate gate) {
        var name = place.required("trigger");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (var trigger : gate.triggers()) {
            if (trigger.name().equalsIgnoreCase(name.get())
                    || trigger.olderName().equalsIgnoreCase(name.get())) {
                return Optional.of(trigger);
            }
        }
        var names = gate.triggers().stream().map(Trigger::name).toList();
        place.error(
                "trigger",
                "unknown trigger '" + Names.shortened(name.get()) + "' of the gate '" + gate.name() + "': "
                        + Names.advice(name.get(), names));
        return Optional.empty();
    }

    private Optional<Arguments> arguments(Place place, Trigger trigger) {
        var collector = new Arguments.Collector(allowBacktracking);
        Map<String, Place> given = new HashMap<>();
        boolean good = true;
        for (var parameterPlace : place.objects("params")) {
            parameterPlace.knows(Set.of("name", "value"));
            good &= argument(parameterPlace, trigger, collector, given);
        }
        for (var parameter : trigger.parameters()) {
            if (parameter.required() && !given.containsKey(parameter.name())) {
                place.error(
                        "params",
                        "the parameter '" + parameter.name() + "' is missing: " + parameter.description()
                                + " It must be " + parameter.type().accepted() + ".");
                good = false;
            }
        }
        if (!good) {
            return Optional.empty();
        }
        var arguments = collector.arguments();
        for (var problem : trigger.check().apply(arguments)) {
            var name = problem.parameter().name();
            var message = "the parameter '" + name + "' " + problem.reason();
            var at = given.get(name);
            if (at == null) {
                place.error("params", message);
            } else {
                at.error("value", message);
            }
            good = false;
        }
        return good ? Optional.of(arguments) : Optional.empty();
    }

    private static boolean argument(
            Place place, Trigger trigger, Arguments.Collector collector, Map<String, Place> given) {
        var name = place.required("name");
        if (!place.has("value")) {
            place.error("the member 'value' is missing");
            return false;
        }
        var value = place.optional("value");
        if (name.isEmpty() || value.isEmpty()) {
            return false;
        }
        for (Parameter<?> parameter : trigger.parameters()) {
            if (!parameter.isNamed(name.get())) {
                continue;
            }
            if (given.put(parameter.name(), place) != null) {
                place.error("name", "the parameter '" + parameter.name() + "' is given twice");
                return false;
            }
            var reason = collector.read(parameter, value.get());
            reason.ifPresent(words -> place.error(
                    "value",
                    "the parameter '" + parameter.name() + "': '" + Names.shortened(value.get()) + "' "
                            + words(parameter, words, value.get())));
            return reason.isEmpty();
        }
        var names = new TreeSet<>(Parameter.names(trigger.parameters()));
        place.error(
                "name",
                "unknown parameter '" + Names.shortened(name.get()) + "' of the trigger '" + trigger.name() + "': "
                        + (names.isEmpty() ? "it has none" : Names.advice(name.get(), names)));
        return false;
    }

    private static String words(Parameter<?> parameter, String reason, String value) {
        var near = Names.nearest(value, parameter.type().allowed());
        return reason + near.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    static Set<String> with(Set<String> names, String... more) {
        var all = new TreeSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
