package dev.plimsoll.policy.bundle;

import static dev.plimsoll.policy.bundle.SchemaText.isOneOf;
import static dev.plimsoll.policy.bundle.SchemaText.list;
import static dev.plimsoll.policy.bundle.SchemaText.reference;
import static dev.plimsoll.policy.bundle.SchemaText.words;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parts of a bundle's schema that say which triggers a gate has, and what a rule gives for their parameters.
final class TriggerSchemas {

    private final Format format;
    private final Gate gate;

    TriggerSchemas(Format format, Gate gate) {
        this.format = format;
        this.gate = gate;
    }

    static String definitionOf(Gate gate) {
        return "gate-" + gate.name();
    }

    private String definitionOf(Trigger trigger) {
        return "trigger-" + gate.name() + "-" + trigger.name();
    }

    /// One for the gate, and one for each of its triggers.
    Map<String, JsonObject> definitions() {
        Map<String, JsonObject> definitions = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        var others = new ArrayList<String>();
        var conditions = new ArrayList<JsonValue>();
        for (var trigger : gate.triggers()) {
            boolean older = format.equals(Format.ENGINE);
            names.put(older ? trigger.olderName() : trigger.name(), trigger.description());
            others.add(older ? trigger.name() : trigger.olderName());
            definitions.put(definitionOf(trigger), trigger(trigger));
            conditions.add(SchemaText.object(
                    "if", isOneOf("trigger", names(trigger)), "then", reference(definitionOf(trigger))));
        }
        definitions.put(
                definitionOf(gate),
                SchemaText.object(
                        "properties",
                        SchemaText.object("trigger", words(names, others)),
                        "allOf",
                        new JsonValue.JsonArray(conditions)));
        return definitions;
    }

    private static Set<String> names(Trigger trigger) {
        return new LinkedHashSet<>(List.of(trigger.name(), trigger.olderName()));
    }

    private JsonObject trigger(Trigger trigger) {
        if (trigger.parameters().isEmpty()) {
            return SchemaText.object("properties", SchemaText.object("params", SchemaText.object("maxItems", 0)));
        }
        Map<String, String> names = new LinkedHashMap<>();
        var others = new ArrayList<String>();
        var values = new ArrayList<JsonValue>();
        var counts = new ArrayList<JsonValue>();
        for (var parameter : trigger.parameters()) {
            names.put(parameter.name(), parameter.description());
            others.addAll(parameter.olderNames());
            var isNamed = isOneOf("name", allNames(parameter));
            values.add(SchemaText.object(
                    "if",
                    isNamed,
                    "then",
                    SchemaText.object("properties", SchemaText.object("value", value(parameter.type())))));
            if (parameter.required()) {
                // of others nothing is asked: editors that know no minContains would ask for one of each
                counts.add(SchemaText.object("contains", isNamed, "maxContains", 1));
            }
        }
        boolean anyRequired = !counts.isEmpty();
        var params = SchemaText.object(
                "type",
                anyRequired ? list("array") : list("array", "null"),
                "items",
                SchemaText.object(
                        "properties",
                        SchemaText.object("name", words(names, others)),
                        "allOf",
                        new JsonValue.JsonArray(values)),
                "allOf",
                new JsonValue.JsonArray(counts));
        return SchemaText.object(
                "properties", SchemaText.object("params", params), "required", anyRequired ? list("params") : list());
    }

    private static List<String> allNames(Parameter<?> parameter) {
        var all = new ArrayList<>(List.of(parameter.name()));
        all.addAll(parameter.olderNames());
        return all;
    }

    private JsonObject value(ValueType<?> type) {
        if (!type.allowed().isEmpty()) {
            boolean older = format.equals(Format.ENGINE);
            Map<String, String> words = new LinkedHashMap<>();
            type.allowed().forEach(word -> words.put(type.wordIn(older, word), ""));
            var others = new ArrayList<>(type.allowed());
            others.addAll(type.older().keySet());
            return words(words, others);
        }
        var text = SchemaText.object("type", "string", "description", "Must be " + type.accepted() + ".");
        return type.form().isEmpty()
                ? text
                : Members.with(text, "pattern", new JsonValue.JsonString("^(" + type.form() + ")$"));
    }
}
