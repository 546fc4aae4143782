package dev.plimsoll.inventory.secret;

import com.google.re2j.Pattern;
import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.secret.SecretRule.Confidence;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The rules that there are.
public final class SecretRules {

    /// In characters behind a keyword, where a rule says nothing else.
    static final int DEFAULT_AFTER = 512;

    /// In characters: how far behind a keyword a rule may look.
    static final int MAX_AFTER = 16 << 10;

    /// In characters: how far in front of a keyword a rule may look.
    static final int MAX_BEFORE = 256;

    /// In bits a character, where a rule says nothing else; hexadecimal digits have 4 at most.
    private static final BigDecimal DEFAULT_ENTROPY = new BigDecimal("2.8");

    private static final Set<String> MEMBERS = Set.of(
            "name",
            "title",
            "keywords",
            "expression",
            "assigned",
            "value",
            "before",
            "after",
            "least",
            "has",
            "inside",
            "open",
            "entropy",
            "check",
            "confidence",
            "files",
            "source");

    private SecretRules() {}

    /// All rules that come with the program, in the order of their table.
    public static List<SecretRule> all() {
        return Loaded.RULES;
    }

    /// Read when they are first asked for.
    private static final class Loaded {
        private static final List<SecretRule> RULES = load();

        private static List<SecretRule> load() {
            try (var in = SecretRules.class.getResourceAsStream("rules.yaml")) {
                if (in == null) {
                    throw new IllegalStateException("the rules of secrets are missing");
                }
                return read(in.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("the rules of secrets cannot be read", e);
            }
        }
    }

    /// @throws JsonException when the text is no list of rules; the message names the rule
    static List<SecretRule> read(byte[] text) throws JsonException {
        if (!(YamlReader.read(text) instanceof JsonArray(var elements))) {
            throw new JsonException("the rules are no list");
        }
        var rules = new ArrayList<SecretRule>();
        var names = new HashSet<String>();
        for (var element : elements) {
            if (!(element instanceof JsonObject row)) {
                throw new JsonException("rule " + rules.size() + " is no object");
            }
            var name = row.string("name").orElse("");
            try {
                rules.add(rule(name, row));
            } catch (IllegalArgumentException e) {
                throw new JsonException("rule '" + name + "': " + e.getMessage(), e);
            }
            if (!names.add(name)) {
                throw new JsonException("rule '" + name + "' is there twice");
            }
        }
        return List.copyOf(rules);
    }

    private static SecretRule rule(String name, JsonObject row) {
        for (var member : row.members().keySet()) {
            demand(MEMBERS.contains(member), "'" + member + "' is no member of a rule");
        }
        var assigned = row.strings("assigned");
        var keywords = assigned.isEmpty() ? row.strings("keywords") : assigned;
        var expression = assigned.isEmpty()
                ? row.string("expression").orElse("")
                : assignment(assigned, row.string("value").orElse(""));
        var source = row.string("source").orElse("");
        var after = number(row, "after", DEFAULT_AFTER);
        var before = number(row, "before", 0);
        demand(!name.isEmpty() && !source.isEmpty(), "name or source is missing");
        demand(!keywords.isEmpty() && keywords.stream().noneMatch(String::isEmpty), "it has no keywords");
        demand(!expression.isEmpty(), "it has no expression");
        demand(after <= MAX_AFTER && before <= MAX_BEFORE, "it looks too far");
        return new SecretRule(
                name,
                row.string("title").orElse(name),
                keywords,
                new LateExpression(expression),
                before,
                after,
                number(row, "least", 0),
                row.string("has")
                        .filter(text -> text.length() == 1)
                        .map(text -> text.charAt(0))
                        .orElse('\0'),
                !assigned.isEmpty() || flag(row, "inside"),
                flag(row, "open"),
                row.number("entropy").orElse(DEFAULT_ENTROPY).doubleValue(),
                Check.of(row.string("check").orElse("none")),
                Confidence.valueOf(row.string("confidence").orElse("high").toUpperCase(Locale.ROOT)),
                row.strings("files").stream().map(Glob::new).toList(),
                source);
    }

    /// The name of a setting, a sign of assignment, the value: `NAME=…`, `"name": "…"`, `name => '…'`.
    private static String assignment(List<String> names, String value) {
        demand(!value.isEmpty(), "it has no value");
        return "(?i:" + String.join("|", names.stream().map(Pattern::quote).toList())
                + ")[\"']?[ \\t]*(?:=>|:=|=|:)[ \\t]*[\"']?(" + value + ")";
    }

    private static int number(JsonObject row, String name, int otherwise) {
        return row.number(name).map(BigDecimal::intValueExact).orElse(otherwise);
    }

    private static boolean flag(JsonObject row, String name) {
        return row.get(name).map(Object::toString).orElse("").contains("true");
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
