package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.expression.Condition;
import dev.plimsoll.policy.expression.Fact;
import dev.plimsoll.policy.expression.ForEach;
import java.util.ArrayList;
import java.util.List;

/// Writes docs/expression.md from the declarations of the facts.
public final class ExpressionReference {

    private static final String INTRODUCTION = """
            # Conditions of your own

            This page is made from the declarations of the facts, by `ExpressionReferenceTest`; edit those.

            The gate `expression` takes conditions in the [Common Expression Language](https://github.com/google/cel-spec) for what no other gate asks. Its trigger
            `condition` fires for the image, or for each package, finding or secret, for which the condition holds:

            ```yaml
            - gate: expression
              trigger: condition
              action: STOP
              params:
                - { name: for_each, value: finding }
                - { name: condition, value: "finding.severity in ['high', 'critical'] && finding.has_fix && !pkg.of_distribution" }
                - { name: message, value: "{finding.id} in {pkg.name} {pkg.version} is fixed in {finding.fixed_in}" }
                - { name: key, value: fixable-library }
            ```

            A condition is checked when the bundle is read: an unknown fact, a wrong type or a wrong word is an error of the bundle that names the place
            (`plimsoll policy validate`). All standard operators, functions and macros of the language are there (`in`, `?:`, `size`, `startsWith`, `endsWith`, `contains`,
            `matches`, `exists`, `all`, `exists_one`, `filter`, `map`, `has`); patterns are RE2's. Ids of results are `expression:condition:KEY` for the image, and
            `expression:condition:KEY+` with the vulnerability and the package, the package, or the secret's rule and path behind it; without `key` they
            begin with a digest of the condition.

            A fact that nobody knows makes the rule unknown, where the answer depends on it: `image.user == 'root' || image.tag == 'latest'` holds for an image of that tag
            whatever its user. The rule then counts as its bundle says for what is not known (`unknown_action`). A condition that asks for what is not there (an entry
            of a list or a map that it does not have, a division by zero) breaks off, which is a failure of the rule (`failure_action`); `'name' in image.labels` asks whether it is there.

            """;

    private ExpressionReference() {}

    public static String markdown() {
        var text = new StringBuilder(INTRODUCTION);
        text.append("| limit | |\n|---|---|\n");
        limit(text, "characters of a condition", Condition.MAX_LENGTH);
        limit(text, "parts of a condition (operators, names, values)", Condition.MAX_NODES);
        limit(text, "levels of nesting", Condition.MAX_DEPTH);
        limit(
                text,
                "steps of macros over lists and maps, for each image, package, finding or secret",
                Condition.MAX_ITERATIONS);
        limit(text, "instructions of a pattern", Condition.MAX_PATTERN);
        text.append('\n');
        text.append(
                "A condition over its steps at evaluation leaves the rule open (`pattern-bound`), and is no crash.\n");
        List<Fact> told = new ArrayList<>();
        for (var each : ForEach.values()) {
            var facts = new ArrayList<>(each.facts());
            facts.removeAll(told);
            told.addAll(facts);
            text.append("\n## ")
                    .append(heading(each))
                    .append("\n\n| fact | type | meaning | unknown where |\n|---|---|---|---|\n");
            for (var fact : facts) {
                text.append("| `")
                        .append(fact.name())
                        .append("` | ")
                        .append(fact.type().word())
                        .append(" | ")
                        .append(fact.meaning())
                        .append(" | ")
                        .append(fact.missing())
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    private static String heading(ForEach each) {
        return switch (each) {
            case IMAGE -> "Facts of the image, for every condition";
            case PACKAGE -> "Facts of a package, with `for_each` `package` or `finding`";
            case FINDING -> "Facts of a finding, with `for_each` `finding`";
            case SECRET -> "Facts of a secret, with `for_each` `secret`";
        };
    }

    private static void limit(StringBuilder text, String what, int most) {
        text.append("| ").append(what).append(" | ").append(most).append(" |\n");
    }
}
