package dev.plimsoll.policy.testing;

import static dev.plimsoll.policy.bundle.SchemaText.list;
import static dev.plimsoll.policy.bundle.SchemaText.object;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.gate.Gates;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The JSON Schema of files of tests, by which editors complete and check them. It is as strict as the reader about
/// members, and not about what stands in texts.
///
/// Source: JSON Schema, draft 2020-12.
public final class TestFileSchema {

    private static final JsonObject TEXT = object("type", list("string", "number"));
    private static final JsonObject TEXTS =
            object("anyOf", list(TEXT, object("type", "array", "items", object("type", list("string", "number")))));
    private static final JsonObject NUMBER = object("type", list("integer", "string"), "pattern", "^[0-9]{1,9}$");
    private static final JsonObject DECIMAL = object("type", list("number", "string"));
    private static final JsonObject FLAG = object("type", "boolean");
    private static final JsonObject LAYER = object(
            "type", "integer", "minimum", 1, "description", "From 1, the lowest layer; 1 where it is not given.");
    private static final JsonObject INSTANT = object(
            "type", "string", "description", "2026-06-01T00:00:00Z, or 2026-06-01 for the beginning of the day.");

    private TestFileSchema() {}

    /// The schema.
    public static JsonObject schema() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("version", object("enum", list("1", 1)));
        members.put("description", object("type", "string"));
        members.put(
                "policy", with(TEXTS, "Bundles or folders of them, relative to this file; else the default policy."));
        members.put("waivers", with(TEXTS, "Files of waivers, relative to this file."));
        members.put("image", with(object("type", "string"), "The name that mappings see, where a test gives none."));
        members.put("at", INSTANT);
        members.put("options", options());
        members.put("facts", object("$ref", "#/$defs/facts"));
        members.put("tests", object("type", "array", "minItems", 1, "items", test()));
        var schema = new TreeMap<>(closed(members, List.of("tests")).members());
        schema.put("$schema", new JsonString("https://json-schema.org/draft/2020-12/schema"));
        schema.put("title", new JsonString("Tests of Plimsoll's policy bundles"));
        schema.put("$defs", object("facts", facts()));
        return new JsonObject(schema);
    }

    private static JsonObject test() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("name", object("type", "string", "pattern", "\\S"));
        members.put("description", object("type", "string"));
        members.put("image", object("type", "string"));
        members.put("at", INSTANT);
        members.put("options", options());
        members.put("facts", object("$ref", "#/$defs/facts"));
        members.put("inventory", with(object("type", "string"), "A stored inventory in the place of facts."));
        members.put("advisories", with(TEXTS, "Folders of OSV records, for the inventory."));
        members.put("expect", expectation());
        return closed(members, List.of("name", "expect"));
    }

    private static JsonObject options() {
        return closed(
                Map.of(
                        "strict", FLAG,
                        "unmapped", words(List.of("stop", "go")),
                        "unknown_severity", actions()),
                List.of());
    }

    private static JsonObject expectation() {
        var gates = object(
                "enum", list(Gates.all().stream().map(gate -> gate.name()).toList()));
        return closed(
                Map.of(
                        "decision",
                        words(Decision.values()),
                        "action",
                        actions(),
                        "results",
                        object(
                                "type",
                                "array",
                                "items",
                                closed(
                                        Map.of(
                                                "rule", object("type", "string"),
                                                "gate", gates,
                                                "trigger", object("type", "string"),
                                                "action", actions(),
                                                "id", object("type", "string"),
                                                "count", NUMBER),
                                        List.of())),
                        "only",
                        with(FLAG, "Nothing else may stop or warn."),
                        "absent",
                        with(TEXTS, "Rules of which no result may count."),
                        "unjudged",
                        with(TEXTS, "Exactly the rules that cannot be judged.")),
                List.of());
    }

    private static JsonObject facts() {
        Map<String, JsonValue> members = new TreeMap<>();
        for (var name : List.of(
                "id",
                "digest",
                "transport",
                "tls",
                "platform",
                "architecture",
                "working_directory",
                "distribution",
                "dockerfile")) {
            members.put(name, object("type", "string"));
        }
        members.put("user", TEXT);
        for (var name : List.of("ports", "entrypoint", "command", "volumes", "history", "layers", "healthcheck")) {
            members.put(name, TEXTS);
        }
        members.put("env", object("anyOf", list(TEXTS, object("type", "object"))));
        members.put("labels", object("type", "object", "additionalProperties", TEXT));
        for (var name : List.of("created", "end_of_life", "extended_support", "data_built_at")) {
            members.put(name, INSTANT);
        }
        members.put(
                "base",
                object(
                        "anyOf",
                        list(
                                object("type", "string"),
                                closed(
                                        Map.of(
                                                "name",
                                                object("type", "string"),
                                                "digest",
                                                object("type", "string"),
                                                "layers",
                                                NUMBER),
                                        List.of()))));
        members.put("unknown", object("type", "array", "items", words(KnownFact.words())));
        members.put("packages", array(PackageFacts.MEMBERS, List.of("purl"), Map.of("layer", LAYER)));
        members.put("findings", findings());
        contents(members);
        return closed(members, List.of());
    }

    private static JsonObject findings() {
        return array(
                FindingFacts.MEMBERS,
                List.of("id", "package"),
                Map.of(
                        "severity", words(Severity.values()),
                        "wont_fix", FLAG,
                        "kev",
                                object(
                                        "anyOf",
                                        list(
                                                FLAG,
                                                closed(
                                                        FindingFacts.KEV_MEMBERS,
                                                        List.of(),
                                                        Map.of("ransomware", FLAG)))),
                        "epss", object("anyOf", list(DECIMAL, closed(FindingFacts.EPSS_MEMBERS, List.of(), Map.of()))),
                        "cvss",
                                object(
                                        "anyOf",
                                        list(
                                                DECIMAL,
                                                closed(FindingFacts.CVSS_MEMBERS, List.of("base"), Map.of()),
                                                array(FindingFacts.CVSS_MEMBERS, List.of("base"), Map.of())))));
    }

    private static void contents(Map<String, JsonValue> members) {
        members.put(
                "files",
                array(
                        ContentsReader.FILE_MEMBERS,
                        List.of("path"),
                        Map.of("layer", LAYER, "type", words(FileEntry.Kind.values()))));
        members.put(
                "secrets",
                array(ContentsReader.SECRET_MEMBERS, List.of("rule", "path"), Map.of("layer", LAYER, "deleted", FLAG)));
        members.put("matches", array(ContentsReader.MATCH_MEMBERS, List.of("search", "path"), Map.of("layer", LAYER)));
        members.put(
                "malware",
                closed(
                        Map.of(
                                "engine", object("type", "string"),
                                "signatures", INSTANT,
                                "reachable", FLAG,
                                "findings",
                                        array(
                                                ContentsReader.MALWARE_FINDING_MEMBERS,
                                                List.of("path", "signature"),
                                                Map.of("layer", LAYER, "deleted", FLAG)),
                                "not_scanned",
                                        array(
                                                ContentsReader.NOT_SCANNED_MEMBERS,
                                                List.of("path"),
                                                Map.of("layer", LAYER))),
                        List.of()));
        members.put(
                "accounts",
                array(
                        ContentsReader.ACCOUNT_MEMBERS,
                        List.of("name"),
                        Map.of("password", words(Account.Password.values()))));
        members.put(
                "verification",
                array(
                        ContentsReader.DEVIATION_MEMBERS,
                        List.of("path", "package"),
                        Map.of("kind", words(FileDeviation.Kind.values()), "configuration", FLAG)));
        members.put("deleted", array(ContentsReader.DELETED_MEMBERS, List.of("path"), Map.of("layer", LAYER)));
    }

    /// Members that are not told otherwise are texts, or lists of such.
    private static JsonObject closed(Collection<String> names, List<String> required, Map<String, JsonObject> types) {
        Map<String, JsonValue> members = new TreeMap<>();
        names.forEach(name -> members.put(name, types.getOrDefault(name, TEXTS)));
        return closed(members, required);
    }

    private static JsonObject array(Collection<String> names, List<String> required, Map<String, JsonObject> types) {
        return object("type", "array", "items", closed(names, required, types));
    }

    private static JsonObject closed(Map<String, ? extends JsonValue> members, List<String> required) {
        return object(
                "type",
                "object",
                "properties",
                object(new TreeMap<>(members)),
                "required",
                list(required),
                "additionalProperties",
                false);
    }

    private static JsonObject with(JsonObject schema, String description) {
        var members = new TreeMap<>(schema.members());
        members.putAll(object("description", description).members());
        return new JsonObject(members);
    }

    private static JsonObject actions() {
        return words(Action.values());
    }

    private static JsonObject words(Enum<?>[] values) {
        return words(Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    private static JsonObject words(List<String> words) {
        return object("enum", list(words));
    }
}
