package dev.plimsoll.policy.testing;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import dev.plimsoll.policy.rule.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Writes a rule otherwise, in one place each time: what a slip of the pen, or somebody in a hurry, would make of it.
final class RuleMutator {

    /// Of a list, that are dropped one at a time.
    static final int MAX_ITEMS = 25;

    /// Other words of a parameter that are tried where they have no order.
    static final int MAX_WORDS = 3;

    /// A text that nothing matches.
    private static final String NOTHING = "plimsoll-mutant";

    private static final Map<String, List<String>> COMPARISONS = Map.of(
            ">=", List.of(">", "="),
            ">", List.of(">=", "="),
            "<=", List.of("<", "="),
            "<", List.of("<=", "="),
            "=", List.of(">=", "!="),
            "!=", List.of("="));

    private final SourceRule rule;
    private final List<RuleMutant> mutants = new ArrayList<>();

    private RuleMutator(SourceRule rule) {
        this.rule = rule;
    }

    /// Its mutants, always in the same order: the action, the rule itself, parameters as they are declared, extensions.
    static List<RuleMutant> mutants(SourceRule rule) {
        var mutator = new RuleMutator(rule);
        mutator.action();
        mutator.mutants.add(new RuleMutant("rule", "removed", Optional.empty()));
        var given = rule.parameters();
        for (Parameter<?> parameter : rule.rule().trigger().parameters()) {
            var text = given.get(parameter.name());
            if (text != null) {
                mutator.parameter(parameter, text);
            }
        }
        mutator.extensions();
        return mutator.mutants;
    }

    private void action() {
        var other = switch (rule.rule().action()) {
            case STOP -> "WARN";
            case WARN -> "GO";
            case GO -> "WARN";
        };
        mutants.add(new RuleMutant(
                "action",
                rule.rule().action() + " → " + other,
                Optional.of(with(rule.tree(), "action", new JsonString(other)))));
    }

    private void extensions() {
        var extensions = rule.tree().object("plimsoll");
        for (var name : extensions.members().keySet()) {
            Map<String, JsonValue> members = new LinkedHashMap<>(extensions.members());
            members.remove(name);
            mutants.add(new RuleMutant(
                    name, "left out", Optional.of(with(rule.tree(), "plimsoll", new JsonObject(members)))));
        }
    }

    private <T> void parameter(Parameter<T> parameter, String text) {
        for (var other : others(parameter, text)) {
            if (!other.equals(text)) {
                mutants.add(new RuleMutant(
                        parameter.name(), text + " → " + other, Optional.of(giving(parameter, Optional.of(other)))));
            }
        }
        var usual = parameter.orElse().map(value -> parameter.type().printer().apply(value));
        if (!parameter.required() && usual.filter(text::equalsIgnoreCase).isEmpty()) {
            mutants.add(new RuleMutant(parameter.name(), "left out", Optional.of(giving(parameter, Optional.empty()))));
        }
    }

    private static List<String> others(Parameter<?> parameter, String text) {
        var type = parameter.type();
        if (!type.allowed().isEmpty()) {
            return words(type.allowed(), type.wordIn(false, text.strip()));
        }
        return switch (type.name()) {
            case "boolean" -> List.of(text.strip().equalsIgnoreCase("true") ? "false" : "true");
            case "integer", "number" -> numbers(text);
            case "size" -> number(text, digits -> digits.add(BigDecimal.ONE));
            case "file mode" -> mode(text);
            case "SHA-256" -> List.of((text.startsWith("0") ? "1" : "0") + text.substring(1));
            case "path" -> List.of("/" + NOTHING);
            case "string", "regular expression" -> text.indexOf(',') > 0 ? items(text) : List.of(NOTHING);
            default -> items(text);
        };
    }

    /// Severities and comparisons have neighbours; of other words some are tried.
    private static List<String> words(List<String> allowed, String text) {
        if (COMPARISONS.containsKey(text) && allowed.contains(">=")) {
            return COMPARISONS.get(text).stream().filter(allowed::contains).toList();
        }
        var ordered = Arrays.stream(Severity.values()).map(Severity::word).toList();
        if (ordered.containsAll(
                allowed.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList())) {
            var inOrder = ordered.stream()
                    .filter(word -> allowed.stream().anyMatch(word::equalsIgnoreCase))
                    .toList();
            int at = inOrder.indexOf(text.toLowerCase(Locale.ROOT));
            var neighbours = new ArrayList<String>();
            if (at > 0) {
                neighbours.add(inOrder.get(at - 1));
            }
            if (at >= 0 && at + 1 < inOrder.size()) {
                neighbours.add(inOrder.get(at + 1));
            }
            return neighbours;
        }
        return allowed.stream()
                .filter(word -> !word.equalsIgnoreCase(text))
                .limit(MAX_WORDS)
                .toList();
    }

    private static List<String> numbers(String text) {
        var up = number(text, digits -> digits.add(digits.ulp()));
        var down = number(text, digits -> digits.signum() > 0 ? digits.subtract(digits.ulp()) : digits);
        return java.util.stream.Stream.concat(down.stream(), up.stream()).toList();
    }

    /// The number that the text begins with, changed; what stands behind it stays.
    private static List<String> number(String text, UnaryOperator<BigDecimal> change) {
        var plain = text.strip();
        int end = 0;
        while (end < plain.length() && (Character.isDigit(plain.charAt(end)) || plain.charAt(end) == '.')) {
            end++;
        }
        var digits = plain.substring(0, end);
        return digits.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")
                ? List.of(change.apply(new BigDecimal(digits)).toPlainString() + plain.substring(end))
                : List.of();
    }

    /// The lowest bit taken out.
    private static List<String> mode(String text) {
        var digits = text.strip().replace("0o", "");
        int mode = (int) (Long.parseLong(digits, 8) & 07777);
        return mode == 0 ? List.of("1") : List.of("0" + Integer.toOctalString(mode & (mode - 1)));
    }

    /// A list without one of its items; one that has a single item names nothing instead.
    private static List<String> items(String text) {
        var items = Arrays.asList(text.split(",", -1));
        if (items.size() == 1) {
            return List.of(NOTHING);
        }
        var without = new ArrayList<String>();
        for (int i = 0; i < Math.min(items.size(), MAX_ITEMS); i++) {
            var rest = new ArrayList<>(items);
            rest.remove(i);
            without.add(rest.stream().map(String::strip).collect(Collectors.joining(",")));
        }
        return without;
    }

    private JsonObject giving(Parameter<?> parameter, Optional<String> text) {
        var parameters = new ArrayList<JsonValue>();
        for (var given : rule.tree().objects("params")) {
            if (given.string("name").filter(parameter::isNamed).isEmpty()) {
                parameters.add(given);
            } else {
                text.ifPresent(value -> parameters.add(with(given, "value", new JsonString(value))));
            }
        }
        return with(rule.tree(), "params", new JsonArray(parameters));
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new JsonObject(members);
    }
}
