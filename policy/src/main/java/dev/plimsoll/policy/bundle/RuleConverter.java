package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes one rule in the words of the other format: its trigger, its parameters and their words.
final class RuleConverter {

    private static final Set<String> LANGUAGE_GATES = Set.of("npms", "ruby_gems");

    private final Format from;
    private final Format to;
    private final AnchoreVocabulary product;
    private final boolean forAnchore;
    private final ConversionNotes notes;

    RuleConverter(Format from, Format to, boolean forAnchore, ConversionNotes notes) {
        this.from = from;
        this.to = to;
        this.product = AnchoreVocabulary.of(to);
        this.forAnchore = forAnchore;
        this.notes = notes;
    }

    /// @return empty where the rule must go
    Optional<JsonObject> changed(String pointer, JsonObject rule) {
        var described = described(pointer, rule);
        var gate = rule.string("gate").orElse("");
        if (!(Gates.find(gate) instanceof Gates.Found(var found))) {
            // only rule sets that are not for images get here with such
            return Optional.of(described);
        }
        var trigger = found.triggers().stream()
                .filter(declared -> isNamed(declared, rule.string("trigger").orElse("")))
                .findFirst();
        if (trigger.isEmpty()) {
            return Optional.of(described);
        }
        var unknown = unknownToProduct(found.name(), trigger.get(), rule);
        if (unknown.isPresent() && forAnchore) {
            return replaced(pointer, found.name(), trigger.get(), described, unknown.get());
        }
        unknown.ifPresent(what -> notes.count(
                "unknown " + what,
                pointer,
                product.product() + " has no " + what + ": it refuses the rule or passes it over; --for-anchore leaves"
                        + " it out"));
        return Optional.of(worded(described, trigger.get()));
    }

    private static boolean isNamed(Trigger trigger, String name) {
        return trigger.name().equalsIgnoreCase(name) || trigger.olderName().equalsIgnoreCase(name);
    }

    private JsonObject described(String pointer, JsonObject rule) {
        if (to.equals(Format.ENGINE) && rule.get("recommendation").isPresent()) {
            notes.count(
                    "recommendation",
                    pointer + "/recommendation",
                    "'recommendation' is kept; Anchore Engine passes it over");
        }
        var described = from.equals(to) || rule.get(from.description()).isEmpty()
                ? rule
                : Members.renamed(
                        rule, Map.of(from.description(), to.description(), to.description(), from.description()));
        return to.idsRequired() && described.get("params").isEmpty()
                ? Members.with(described, "params", new JsonArray(List.of()))
                : described;
    }

    /// The gate, trigger or parameter that Anchore's product does not know; empty where it knows all.
    private Optional<String> unknownToProduct(String gate, Trigger trigger, JsonObject rule) {
        if (!product.knowsGate(gate)) {
            return Optional.of("gate '" + gate + "'");
        }
        var known = product.knowsTrigger(gate, trigger.name()) ? trigger.name() : trigger.olderName();
        if (!product.knowsTrigger(gate, known)) {
            return Optional.of("trigger '" + gate + "/" + trigger.name() + "'");
        }
        return rule.objects("params").stream()
                .flatMap(given -> parameter(trigger, given).stream())
                .map(Parameter::name)
                .filter(name -> !product.knowsParameter(gate, known, name))
                .findFirst()
                .map(name -> "parameter '" + name + "' of '" + gate + "/" + trigger.name() + "'");
    }

    /// A rule that denies packages of a language can deny them by the gate that Enterprise has; any other must go.
    private Optional<JsonObject> replaced(
            String pointer, String gate, Trigger trigger, JsonObject rule, String unknown) {
        if (LANGUAGE_GATES.contains(gate) && trigger.olderName().startsWith("blacklist")) {
            notes.add(
                    pointer,
                    product.product() + " has no gate '" + gate + "': the rule is written as packages/denylist, which"
                            + " denies packages of that name of every kind, and whose results have other ids");
            return Optional.of(Members.with(
                    Members.with(rule, "gate", new JsonString("packages")), "trigger", new JsonString("denylist")));
        }
        notes.add(pointer, "the rule is left out: " + product.product() + " has no " + unknown);
        return Optional.empty();
    }

    private JsonObject worded(JsonObject rule, Trigger trigger) {
        boolean older = to.equals(Format.ENGINE);
        var named = from.equals(to)
                ? rule
                : Members.with(
                        rule,
                        "trigger",
                        new JsonString(reworded(
                                rule.string("trigger").orElse(""),
                                older ? trigger.name() : trigger.olderName(),
                                older ? trigger.olderName() : trigger.name())));
        if (!(rule.members().get("params") instanceof JsonArray(var given))) {
            return named;
        }
        var params = new ArrayList<JsonValue>();
        for (var element : given) {
            params.add(element instanceof JsonObject parameter ? worded(parameter, trigger, older) : element);
        }
        return Members.with(named, "params", new JsonArray(params));
    }

    private static JsonObject worded(JsonObject given, Trigger trigger, boolean older) {
        var parameter = parameter(trigger, given);
        if (parameter.isEmpty()) {
            return given;
        }
        var known = parameter.get();
        var name = given.string("name").orElse("");
        // both of Anchore's formats know the newer name of a parameter
        var written = name.toLowerCase(Locale.ROOT).equals(known.name()) ? name : known.name();
        var value = given.string("value").orElse("");
        return Members.with(
                Members.with(given, "name", new JsonString(written)),
                "value",
                new JsonString(known.type().wordIn(older, value)));
    }

    /// The new word where the old one stands there; else the text as it is, in whatever letters.
    private static String reworded(String text, String oldWord, String newWord) {
        return text.equalsIgnoreCase(oldWord) && !oldWord.equals(newWord) ? newWord : text;
    }

    private static Optional<Parameter<?>> parameter(Trigger trigger, JsonObject given) {
        var name = given.string("name").orElse("");
        return trigger.parameters().stream()
                .filter(declared -> declared.isNamed(name))
                .findFirst();
    }
}
