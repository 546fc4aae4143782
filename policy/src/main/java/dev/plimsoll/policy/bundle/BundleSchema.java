package dev.plimsoll.policy.bundle;

import static dev.plimsoll.policy.bundle.SchemaText.ANYTHING;
import static dev.plimsoll.policy.bundle.SchemaText.arrayOf;
import static dev.plimsoll.policy.bundle.SchemaText.closed;
import static dev.plimsoll.policy.bundle.SchemaText.isOneOf;
import static dev.plimsoll.policy.bundle.SchemaText.list;
import static dev.plimsoll.policy.bundle.SchemaText.object;
import static dev.plimsoll.policy.bundle.SchemaText.optionalText;
import static dev.plimsoll.policy.bundle.SchemaText.reference;
import static dev.plimsoll.policy.bundle.SchemaText.requiredText;
import static dev.plimsoll.policy.bundle.SchemaText.words;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.gate.Gates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The JSON Schema of a bundle's format, made from the declarations of the gates, so that editors complete and check.
/// It accepts what {@link BundleReader} accepts without a warning, and refuses what a schema can refuse of the rest:
/// not references, ids that stand there twice, or expressions that cannot be compiled.
///
/// Source: JSON Schema, draft 2020-12.
public final class BundleSchema {

    private static final String TIME = "^[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}[tT][0-9]{2}:[0-9]{2}"
            + "(:[0-9]{2}([.:][0-9]{1,9})?)?([zZ]|[+-][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?)$";

    private final Format format;
    private final Map<String, JsonObject> definitions = new TreeMap<>();

    private BundleSchema(Format format) {
        this.format = format;
    }

    /// @param version of the format, one of {@link BundleConverter#versions()}
    public static JsonObject ofFormat(String version) {
        return new BundleSchema(Format.of(version).orElseThrow()).schema();
    }

    private JsonObject schema() {
        definitions.put("action", words(actions(), List.of()));
        definitions.put("plimsoll", extensions());
        definitions.put("image", image());
        definitions.put("image_rule", closed(imageRequired(), imageMembers()));
        definitions.put("mapping", mapping());
        definitions.put("item", item());
        definitions.put("allowlist", allowlist());
        definitions.put("rule", rule());
        definitions.put("rule_set", ruleSet());
        Map<String, JsonValue> members = remarks();
        members.put("id", requiredText());
        members.put("name", optionalText());
        members.put("version", object("const", format.version(), "description", "The format of this bundle."));
        members.put(format.description(), optionalText());
        members.put("plimsoll", reference("plimsoll"));
        members.put(
                format.ruleSets(),
                object("type", "array", "items", reference("rule_set"), "description", "Rules that belong together."));
        members.put(
                "mappings",
                object(
                        "type",
                        "array",
                        "items",
                        reference("mapping"),
                        "description",
                        "Which rule sets are for which images: the first that fits counts."));
        members.put(format.allowlists(), arrayOf(reference("allowlist")));
        members.put(format.allowlistedImages(), arrayOf(reference("image_rule")));
        members.put(format.denylistedImages(), arrayOf(reference("image_rule")));
        for (var other : BundleReader.OTHER_MAPPINGS) {
            members.put(other, arrayOf(object("type", "object")));
        }
        var bundle = closed(List.of("id", "version", format.ruleSets(), "mappings"), members);
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.putAll(object(
                        "$schema",
                        "https://json-schema.org/draft/2020-12/schema",
                        "$id",
                        "https://plimsoll.dev/schema/policy-" + format.version() + ".schema.json",
                        "title",
                        "Policy bundle, format " + format.version(),
                        "description",
                        "Made from the declarations of Plimsoll's gates. In YAML, texts that look like numbers or truth"
                                + " values may stand without quotes for Plimsoll, but not for this schema.")
                .members());
        schema.putAll(bundle.members());
        schema.put("$defs", SchemaText.object(definitions));
        return new JsonObject(schema);
    }

    private static Map<String, String> actions() {
        Map<String, String> actions = new LinkedHashMap<>();
        actions.put("STOP", "The image fails.");
        actions.put("WARN", "It is told; the image passes, but for --strict.");
        actions.put("GO", "It is listed only.");
        return actions;
    }

    /// What every object may carry, whatever it holds.
    private static Map<String, JsonValue> remarks() {
        Map<String, JsonValue> members = new TreeMap<>();
        Format.REMARKS.forEach(name -> members.put(name, ANYTHING));
        return members;
    }

    private static JsonObject extensions() {
        var flag =
                object("anyOf", list(object("type", list("boolean", "null")), object("enum", list("true", "false"))));
        var action = object("anyOf", list(reference("action"), object("type", "null")));
        var term = SchemaText.closed(
                List.of("days", "from"),
                members(
                        "severity_at_least",
                        object("anyOf", list(words(wordsOf(Severity.values()), List.of()), object("type", "null"))),
                        "known_exploited",
                        flag,
                        "fix_available",
                        flag,
                        "days",
                        object(
                                "anyOf",
                                list(
                                        object("type", "integer", "minimum", 0, "maximum", 999_999_999),
                                        object("pattern", "^\\s*[0-9]{1,9}\\s*$", "type", "string"))),
                        "from",
                        words(wordsOf(GraceTerm.From.values()), List.of())));
        var members = members(
                "unknown_action",
                described(action, "What counts where a fact that the rule asks for is not known."),
                "failure_action",
                described(action, "What counts where the rule breaks."),
                "new_only",
                described(flag, "Whether only what is new against --baseline counts."),
                "existing_action",
                described(action, "What counts for what is not new."),
                "grace",
                described(arrayOf(term), "Terms within which a vulnerability only warns."));
        return described(SchemaText.closed(List.of(), members), "What Anchore's formats do not know.");
    }

    private static Map<String, JsonValue> members(Object... pairs) {
        return object(pairs).members();
    }

    private static <E extends Enum<E>> Map<String, String> wordsOf(E[] values) {
        Map<String, String> words = new LinkedHashMap<>();
        for (var value : values) {
            words.put(value.name().toLowerCase(Locale.ROOT), "");
        }
        return words;
    }

    private static JsonObject described(JsonObject schema, String words) {
        return Members.with(schema, "description", new JsonValue.JsonString(words));
    }

    private List<String> imageRequired() {
        var required = new ArrayList<>(List.of("registry", "repository", "image"));
        if (format.idsRequired()) {
            required.add("id");
        }
        return required;
    }

    private Map<String, JsonValue> imageMembers() {
        var members = remarks();
        members.put("id", format.idsRequired() ? requiredText() : optionalText());
        members.put("name", optionalText());
        members.put("registry", described(requiredText(), "A host; * fits any run of characters."));
        members.put("repository", described(requiredText(), "A path; * fits any run of characters."));
        members.put("image", reference("image"));
        return members;
    }

    private static JsonObject image() {
        var types = new LinkedHashMap<String, String>();
        types.put("tag", "The value is a tag; * fits any run of characters.");
        types.put("digest", "The value is a manifest's digest.");
        types.put("id", "The value is the digest of the configuration.");
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("type", words(types, List.of()));
        members.put("value", requiredText());
        var closed = closed(List.of("type", "value"), members);
        return Members.with(
                closed,
                "allOf",
                list(
                        valueWhere("digest", "^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$"),
                        valueWhere("id", "^(sha256:)?[0-9a-f]{64}$")));
    }

    private static JsonObject valueWhere(String type, String pattern) {
        return object(
                "if",
                isOneOf("type", List.of(type)),
                "then",
                object("properties", object("value", object("pattern", pattern))));
    }

    private JsonObject mapping() {
        var members = imageMembers();
        var texts = object("type", "array", "items", object("type", "string"));
        members.put(format.mappedAllowlists(), arrayOf(object("type", "string")));
        if (format.mappedRuleSet().isEmpty()) {
            members.put(format.mappedRuleSets(), texts);
            var required = new ArrayList<>(imageRequired());
            required.add(format.mappedRuleSets());
            return closed(required, members);
        }
        var single = format.mappedRuleSet().get();
        members.put(single, optionalText());
        members.put(format.mappedRuleSets(), arrayOf(object("type", "string")));
        return Members.with(
                closed(imageRequired(), members),
                "oneOf",
                list(
                        given(single, object("type", "string"), format.mappedRuleSets()),
                        given(format.mappedRuleSets(), texts, single)));
    }

    /// One member, and not another.
    private static JsonObject given(String member, JsonObject type, String other) {
        return object("required", list(member), "properties", object(member, type, other, object("type", "null")));
    }

    private JsonObject allowlist() {
        var members = remarks();
        members.put("id", requiredText());
        members.put("name", optionalText());
        members.put("version", partVersion());
        members.put("items", arrayOf(reference("item")));
        return closed(List.of("id"), members);
    }

    private JsonObject partVersion() {
        return format.equals(Format.ENGINE)
                ? object("enum", list(format.version(), new JsonValue.JsonNull()))
                : optionalText();
    }

    private JsonObject item() {
        var members = remarks();
        members.put("id", format.idsRequired() ? requiredText() : optionalText());
        members.put("gate", gateNames());
        members.put("trigger", ANYTHING);
        members.put(
                "trigger_id",
                described(
                        requiredText(),
                        "The id of a result, gate:trigger:key or Anchore's; * fits any run of characters."));
        members.put("description", optionalText());
        members.put(
                "expires_on",
                object(
                        "type",
                        list("string", "null"),
                        "pattern",
                        TIME,
                        "description",
                        "From when it no longer counts, such as 2026-12-31T00:00:00Z."));
        var required = new ArrayList<>(List.of("gate", "trigger_id"));
        if (format.idsRequired()) {
            required.add("id");
        }
        return closed(required, members);
    }

    private static JsonObject gateNames() {
        Map<String, String> names = new LinkedHashMap<>();
        Gates.all().forEach(gate -> names.put(gate.name(), gate.description()));
        return words(names, List.of());
    }

    private JsonObject ruleSet() {
        var members = remarks();
        members.put("id", requiredText());
        members.put("name", optionalText());
        members.put("version", partVersion());
        var artifacts = new LinkedHashMap<String, String>();
        artifacts.put("image", "");
        artifacts.put("source", "Never judged for images.");
        artifacts.put("sbom", "Never judged for images.");
        members.put("artifact_type", object("anyOf", list(words(artifacts, List.of()), object("type", "null"))));
        members.put("rules", object("type", "array", "items", object("type", "object")));
        return Members.with(
                Members.with(
                        closed(List.of("id", "rules"), members),
                        "if",
                        object("not", isOneOf("artifact_type", List.of("source", "sbom")))),
                "then",
                object("properties", object("rules", object("items", reference("rule")))));
    }

    private JsonObject rule() {
        var members = remarks();
        members.put("id", format.idsRequired() ? requiredText() : optionalText());
        members.put("gate", gateNames());
        members.put("trigger", requiredText());
        members.put("action", reference("action"));
        members.put("params", arrayOf(closed(List.of("name", "value"), parameterMembers())));
        members.put(format.description(), optionalText());
        members.put("recommendation", described(optionalText(), "What to do, shown with the result."));
        members.put("plimsoll", reference("plimsoll"));
        var required = new ArrayList<>(List.of("gate", "trigger", "action"));
        if (format.idsRequired()) {
            required.add("id");
        }
        var conditions = new ArrayList<JsonValue>();
        for (var gate : Gates.all()) {
            definitions.putAll(new TriggerSchemas(format, gate).definitions());
            conditions.add(object(
                    "if", isOneOf("gate", List.of(gate.name())), "then", reference(TriggerSchemas.definitionOf(gate))));
        }
        return Members.with(closed(required, members), "allOf", list(conditions));
    }

    private static Map<String, JsonValue> parameterMembers() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("name", requiredText());
        members.put("value", object("type", "string"));
        return members;
    }
}
