package dev.plimsoll.policy.testing;

import static dev.plimsoll.policy.bundle.SchemaText.list;
import static dev.plimsoll.policy.bundle.SchemaText.of;

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

    private static final JsonObject TEXT = of("type", list("string", "number"));
    private static final JsonObject TEXTS = of(
            "anyOf", list(TEXT, of("type", "array", "items", of("type", list("string", "number")))));
    private static final JsonObject NUMBER = of("type", list("integer", "string"), "pattern", "^[0-9]{1,9}$");
    private static final JsonObject DECIMAL = of("type", list("number", "string"));
    private static final JsonObject FLAG = of("type", "boolean");
    private static final JsonObject LAYER =
            of("type", "integer", "minimum", 1, "description", "From 1, the lowest layer; 1 where it is not given.");
    private static final JsonObject INSTANT = of(
            "type", "string", "description", "2026-06-01T00:00:00Z, or 2026-06-01 for the beginning of the day.");

    private TestFileSchema() {}

    /// The schema.
    public static JsonObject schema() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("version", of("enum", list("1", 1)));
        members.put("description", of("type", "string"));
        members.put("policy", with(TEXTS, "Bundles or folders of them, relative to this file; else the default policy."));
        members.put("waivers", with(TEXTS, "Files of waivers, relative to this file."));
        members.put("image", with(of("type", "string"), "The name that mappings see, where a test gives none."));
        members.put("at", INSTANT);
        members.put("options", options());
        members.put("facts", of("$ref", "#/$defs/facts"));
        members.put("tests", of("type", "array", "minItems", 1, "items", test()));
        var schema = new TreeMap<>(object(members, List.of("tests")).members());
        schema.put("$schema", new JsonString("https://json-schema.org/draft/2020-12/schema"));
        schema.put("title", new JsonString("Tests of Plimsoll's policy bundles"));
        schema.put("$defs", of("facts", facts()));
        return new JsonObject(schema);
    }

    private static JsonObject test() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("name", of("type", "string", "pattern", "\\S"));
        members.put("description", of("type", "string"));
        members.put("image", of("type", "string"));
        members.put("at", INSTANT);
        members.put("options", options());
        members.put("facts", of("$ref", "#/$defs/facts"));
        members.put("inventory", with(of("type", "string"), "A stored inventory in the place of facts."));
        members.put("advisories", with(TEXTS, "Folders of OSV records, for the inventory."));
        members.put("expect", expectation());
        return object(members, List.of("name", "expect"));
    }

    private static JsonObject options() {
        return object(
                Map.of(
                        "strict", FLAG,
                        "unmapped", words(List.of("stop", "go")),
                        "unknown_severity", actions()),
                List.of());
    }

    private static JsonObject expectation() {
        var gates = of("enum", list(Gates.all().stream().map(gate -> gate.name()).toList()));
        return object(
                Map.of(
                        "decision",
                        words(Decision.values()),
                        "action",
                        actions(),
                        "results",
                        of(
                                "type",
                                "array",
                                "items",
                                object(
                                        Map.of(
                                                "rule", of("type", "string"),
                                                "gate", gates,
                                                "trigger", of("type", "string"),
                                                "action", actions(),
                                                "id", of("type", "string"),
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
        for (var name : List.of("id", "digest", "transport", "tls", "platform", "architecture", "working_directory",
                "distribution", "dockerfile")) {
            members.put(name, of("type", "string"));
        }
        members.put("user", TEXT);
        for (var name : List.of("ports", "entrypoint", "command", "volumes", "history", "layers", "healthcheck")) {
            members.put(name, TEXTS);
        }
        members.put("env", of("anyOf", list(TEXTS, of("type", "object"))));
        members.put("labels", of("type", "object", "additionalProperties", TEXT));
        for (var name : List.of("created", "end_of_life", "extended_support", "data_built_at")) {
            members.put(name, INSTANT);
        }
        members.put(
                "base",
                of(
                        "anyOf",
                        list(
                                of("type", "string"),
                                object(
                                        Map.of("name", of("type", "string"), "digest", of("type", "string"), "layers", NUMBER),
                                        List.of()))));
        members.put("unknown", of("type", "array", "items", words(KnownFact.words())));
        members.put("packages", array(PackageFacts.MEMBERS, List.of("purl"), Map.of("layer", LAYER)));
        members.put("findings", findings());
        contents(members);
        return object(members, List.of());
    }

    private static JsonObject findings() {
        return array(
                FindingFacts.MEMBERS,
                List.of("id", "package"),
                Map.of(
                        "severity", words(Severity.values()),
                        "wont_fix", FLAG,
                        "kev", of("anyOf", list(FLAG, object(FindingFacts.KEV_MEMBERS, List.of(), Map.of("ransomware", FLAG)))),
                        "epss", of("anyOf", list(DECIMAL, object(FindingFacts.EPSS_MEMBERS, List.of(), Map.of()))),
                        "cvss",
                                of(
                                        "anyOf",
                                        list(
                                                DECIMAL,
                                                object(FindingFacts.CVSS_MEMBERS, List.of("base"), Map.of()),
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
                object(
                        Map.of(
                                "engine", of("type", "string"),
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
    private static JsonObject object(Collection<String> names, List<String> required, Map<String, JsonObject> types) {
        Map<String, JsonValue> members = new TreeMap<>();
        names.forEach(name -> members.put(name, types.getOrDefault(name, TEXTS)));
        return object(members, required);
    }

    private static JsonObject array(Collection<String> names, List<String> required, Map<String, JsonObject> types) {
        return of("type", "array", "items", object(names, required, types));
    }

    private static JsonObject object(Map<String, ? extends JsonValue> members, List<String> required) {
        return of(
                "type", "object",
                "properties", of(new TreeMap<>(members)),
                "required", list(required),
                "additionalProperties", false);
    }

    private static JsonObject with(JsonObject schema, String description) {
        var members = new TreeMap<>(schema.members());
        members.putAll(of("description", description).members());
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
        return of("enum", list(words));
    }
}
