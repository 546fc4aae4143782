package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;

/// Writes the reference of gates from their declarations, in Markdown.
public final class PolicyReference {

    private PolicyReference() {}

    /// The whole page, `docs/policy-reference.md`.
    public static String markdown() {
        var page = new StringBuilder("""
                # Policy reference: gates, triggers, parameters

                Generated from the declarations in `policy.gate`; `PolicyReferenceTest` says how to write it anew.

                A rule names a gate, a trigger, an action (`STOP`, `WARN`, `GO`) and parameters. Names are read in any case. Every
                value is a JSON string, numbers and booleans too. Patterns have Python's syntax, hold for the beginning of a text,
                and `.` is no newline; look-around, back-references and possessive quantifiers need `--allow-backtracking`.
                That bounds the steps: %d for one text, %d for all texts of a rule; a rule that takes more keeps what it found and
                cannot be judged beyond it. Classes such as `\\w` know all letters, as in Python; `\\b` knows those of ASCII only.

                Ids are Anchore's: where a trigger names none, the MD5 of gate, trigger (by its older name) and Anchore's message.
                An allowlist item may also name our own id, `gate:trigger:key`, which does not hang on a message.
                """.formatted(UserPattern.MAX_STEPS, UserPattern.MAX_STEPS_TOGETHER));
        Gates.all().forEach(gate -> gate(page, gate));
        return page.toString();
    }

    private static void gate(StringBuilder page, Gate gate) {
        page.append("\n## Gate `")
                .append(gate.name())
                .append("`\n\n")
                .append(gate.description())
                .append('\n');
        differences(page, gate.differences());
        gate.triggers().forEach(trigger -> trigger(page, trigger));
    }

    private static void trigger(StringBuilder page, Trigger trigger) {
        page.append("\n### `").append(trigger.name()).append("`\n\n");
        page.append(trigger.description());
        if (!trigger.olderName().equals(trigger.name())) {
            page.append(" Also read as `").append(trigger.olderName()).append("`.");
        }
        page.append('\n');
        if (!trigger.parameters().isEmpty()) {
            page.append("\n| parameter | type | required | default | example | meaning |\n|---|---|---|---|---|---|\n");
            trigger.parameters().forEach(parameter -> parameter(page, parameter));
        }
        differences(page, trigger.differences());
    }

    private static <T> void parameter(StringBuilder page, Parameter<T> parameter) {
        var type = parameter.type();
        page.append("| `")
                .append(parameter.name())
                .append("` | ")
                .append(type.allowed().isEmpty() ? type.name() : "`" + String.join("` `", type.allowed()) + "`")
                .append(" | ")
                .append(parameter.required() ? "yes" : "")
                .append(" | ")
                .append(parameter
                        .orElse()
                        .map(value -> "`" + type.printer().apply(value) + "`")
                        .orElse(""))
                .append(" | `")
                .append(parameter.example().replace("|", "\\|"))
                .append("` | ")
                .append(parameter.description().replace("|", "\\|"))
                .append(" |\n");
    }

    private static void differences(StringBuilder page, Iterable<String> sentences) {
        var list = new StringBuilder();
        sentences.forEach(sentence -> list.append("- ").append(sentence).append('\n'));
        if (!list.isEmpty()) {
            page.append("\nOtherwise than Anchore's:\n\n").append(list);
        }
    }
}
