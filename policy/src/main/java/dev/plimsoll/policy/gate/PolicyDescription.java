package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Describes gates, triggers and parameters for a terminal, from their declarations.
public final class PolicyDescription {

    private static final int INDENT = 2;

    private final int width;
    private final StringBuilder text = new StringBuilder();

    private PolicyDescription(int width) {
        this.width = width;
    }

    /// All gates, a paragraph each.
    ///
    /// @param width of a line, in characters
    public static String gates(int width) {
        var page = new PolicyDescription(width);
        page.heading("GATES");
        page.named(Gates.all().stream()
                .map(gate -> Map.entry(gate.name(), gate.description()))
                .toList());
        page.blank();
        page.paragraph("", "plimsoll policy describe GATE tells of a gate's triggers, GATE TRIGGER of one of them.");
        return page.text.toString();
    }

    /// A gate with its triggers.
    public static String gate(Gate gate, int width) {
        var page = new PolicyDescription(width);
        page.heading(gate.name());
        page.paragraph(" ".repeat(INDENT), gate.description());
        page.differences(gate.differences());
        page.blank();
        page.heading("TRIGGERS");
        page.named(gate.triggers().stream()
                .map(trigger -> Map.entry(trigger.name(), trigger.description() + parameters(trigger)))
                .toList());
        return page.text.toString();
    }

    private static String parameters(Trigger trigger) {
        return trigger.parameters().isEmpty()
                ? ""
                : " Parameters: " + String.join(", ", Parameter.names(trigger.parameters())) + ".";
    }

    /// A trigger with its parameters, and a rule that asks for it.
    public static String trigger(Gate gate, Trigger trigger, int width) {
        var page = new PolicyDescription(width);
        page.heading(gate.name() + " " + trigger.name());
        page.paragraph(" ".repeat(INDENT), trigger.description());
        if (!trigger.olderName().equals(trigger.name())) {
            page.paragraph(" ".repeat(INDENT), "In format 1_0 it is '" + trigger.olderName() + "'.");
        }
        page.differences(trigger.differences());
        if (!trigger.parameters().isEmpty()) {
            page.blank();
            page.heading("PARAMETERS");
            trigger.parameters().forEach(page::parameter);
        }
        page.blank();
        page.heading("AS A RULE (YAML)");
        page.rule(gate, trigger);
        return page.text.toString();
    }

    private <T> void parameter(Parameter<T> parameter) {
        var type = parameter.type();
        line(" ".repeat(INDENT) + parameter.name() + (parameter.required() ? " (required)" : ""));
        var indent = " ".repeat(3 * INDENT);
        paragraph(indent, parameter.description());
        if (!type.allowed().isEmpty()) {
            paragraph(indent, "One of " + String.join(", ", type.allowed()) + ".");
        } else if (!type.accepted().equals("a " + type.name())) {
            paragraph(indent, "Must be " + type.accepted() + ".");
        }
        parameter
                .orElse()
                .ifPresent(value -> paragraph(
                        indent, "Where it is not given: " + type.printer().apply(value)));
        if (type.allowed().isEmpty()) {
            paragraph(indent, "For example: " + parameter.example());
        }
    }

    private void rule(Gate gate, Trigger trigger) {
        line("  - id: my-rule");
        line("    gate: " + gate.name());
        line("    trigger: " + trigger.name());
        line("    action: STOP");
        var given = trigger.parameters().stream()
                .filter(parameter ->
                        parameter.required() || trigger.parameters().stream().noneMatch(Parameter::required))
                .toList();
        if (given.isEmpty()) {
            line("    params: []");
            return;
        }
        line("    params:");
        given.forEach(parameter -> line("      - { name: " + parameter.name() + ", value: "
                + dev.plimsoll.json.YamlWriter.quoted(parameter.example()) + " }"));
    }

    private void differences(List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        blank();
        line("Otherwise than Anchore's:");
        sentences.forEach(sentence -> hanging("  - ", sentence));
    }

    /// Names, and what is to be said of them beside.
    private void named(List<Map.Entry<String, String>> entries) {
        int longest = entries.stream()
                .mapToInt(entry -> entry.getKey().length())
                .max()
                .orElse(0);
        for (var entry : entries) {
            var name = " ".repeat(INDENT) + entry.getKey();
            // names that would leave no room stand on a line of their own
            if (longest > width / 2) {
                line(name);
                paragraph(" ".repeat(3 * INDENT), entry.getValue());
            } else {
                hanging(name + " ".repeat(longest - entry.getKey().length() + 2), entry.getValue());
            }
        }
    }

    private void heading(String words) {
        line(words);
    }

    private void blank() {
        text.append('\n');
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private void paragraph(String indent, String words) {
        hanging(indent, words);
    }

    /// @param first stands before the first line; the others go in as far
    private void hanging(String first, String words) {
        var lines = wrapped(words, Math.max(20, width - first.length()));
        for (int i = 0; i < lines.size(); i++) {
            line((i == 0 ? first : " ".repeat(first.length())) + lines.get(i));
        }
    }

    private static List<String> wrapped(String words, int room) {
        var lines = new ArrayList<String>();
        var current = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            if (!current.isEmpty() && current.length() + 1 + word.length() > room) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }
}
