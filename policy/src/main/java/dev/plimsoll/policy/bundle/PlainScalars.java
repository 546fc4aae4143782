package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes numbers and truth values for the texts that they were written as, where a bundle has texts only. In YAML
/// `value: 30` without quotes is how anybody would write it; the digits are kept as they stand.
final class PlainScalars {

    private static final Set<String> TEXTS = Set.of(
            "id",
            "name",
            "version",
            "value",
            "description",
            "comment",
            "registry",
            "repository",
            "host",
            "policy_id",
            "trigger_id",
            "sbom_name",
            "sbom_version",
            "recommendation");

    private static final Set<String> LISTS = Set.of("policy_ids", "rule_set_ids", "whitelist_ids", "allowlist_ids");

    private PlainScalars() {}

    static JsonValue asTexts(JsonValue bundle) {
        return bundle instanceof JsonObject object
                ? BundleShape.changed(object, (_, _, found) -> List.of(texts(found)))
                : bundle;
    }

    private static JsonObject texts(JsonObject object) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            if (TEXTS.contains(name)) {
                members.put(name, text(value));
            } else if (LISTS.contains(name) && value instanceof JsonArray(var elements)) {
                members.put(
                        name,
                        new JsonArray(elements.stream().map(PlainScalars::text).toList()));
            } else {
                members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    private static JsonValue text(JsonValue value) {
        return switch (value) {
            // the reader bounds the digits
            case JsonNumber(var number) -> new JsonString(number.toPlainString());
            case JsonBoolean(var bool) -> new JsonString(Boolean.toString(bool));
            case JsonString _, JsonArray _, JsonObject _, JsonValue.JsonNull _ -> value;
        };
    }
}
