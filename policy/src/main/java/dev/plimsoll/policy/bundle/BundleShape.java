package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a bundle's objects lie, in both formats: so that a tree can be changed without reading it into the model, and
/// what nobody knows stays as it is.
final class BundleShape {

    /// Members of the bundle that are lists of objects, and what those are.
    private static final Map<String, Kind> LISTS_OF_BUNDLE = Map.ofEntries(
            Map.entry("policies", Kind.RULE_SET),
            Map.entry("rule_sets", Kind.RULE_SET),
            Map.entry("whitelists", Kind.ALLOWLIST),
            Map.entry("allowlists", Kind.ALLOWLIST),
            Map.entry("mappings", Kind.MAPPING),
            Map.entry("source_mappings", Kind.OTHER_MAPPING),
            Map.entry("sbom_mappings", Kind.OTHER_MAPPING),
            Map.entry("whitelisted_images", Kind.IMAGE_RULE),
            Map.entry("allowlisted_images", Kind.IMAGE_RULE),
            Map.entry("blacklisted_images", Kind.IMAGE_RULE),
            Map.entry("denylisted_images", Kind.IMAGE_RULE));

    /// What tells a bundle from other files.
    static final Set<String> BUNDLE_LISTS = LISTS_OF_BUNDLE.keySet();

    private BundleShape() {}

    /// What an object of a bundle is.
    enum Kind {
        BUNDLE,
        RULE_SET,
        RULE,
        PARAMETER,
        ALLOWLIST,
        ITEM,
        MAPPING,
        /// Of Enterprise, for other things than images.
        OTHER_MAPPING,
        IMAGE_RULE,
        IMAGE
    }

    /// Changes an object whose inner objects were changed already.
    @FunctionalInterface
    interface Change {

        /// @param pointer where it stands, as a JSON pointer
        /// @return empty where it shall go
        List<JsonObject> change(Kind kind, String pointer, JsonObject object);
    }

    /// The same tree with every known object changed; inner ones come first.
    static JsonObject changed(JsonObject bundle, Change change) {
        var changed = change.change(Kind.BUNDLE, "", inside(Kind.BUNDLE, "", bundle, change));
        return changed.isEmpty() ? JsonObject.EMPTY : changed.getFirst();
    }

    private static JsonObject inside(Kind kind, String pointer, JsonObject object, Change change) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            var inner = inner(kind, name);
            var at = pointer + "/" + name;
            if (inner == null) {
                members.put(name, value);
            } else if (value instanceof JsonArray(var elements)) {
                members.put(name, new JsonArray(changed(inner, at, elements, change)));
            } else if (value instanceof JsonObject found) {
                changed(inner, at, List.of(found), change).forEach(element -> members.put(name, element));
            } else {
                members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    private static List<JsonValue> changed(
            Kind kind, String pointer, List<? extends JsonValue> elements, Change change) {
        var changed = new ArrayList<JsonValue>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof JsonObject found) {
                var at = kind == Kind.IMAGE ? pointer : pointer + "/" + i;
                changed.addAll(change.change(kind, at, inside(kind, at, found, change)));
            } else {
                changed.add(elements.get(i));
            }
        }
        return changed;
    }

    private static @org.jspecify.annotations.Nullable Kind inner(Kind kind, String member) {
        return switch (kind) {
            case BUNDLE -> LISTS_OF_BUNDLE.get(member);
            case RULE_SET -> member.equals("rules") ? Kind.RULE : null;
            case RULE -> member.equals("params") ? Kind.PARAMETER : null;
            case ALLOWLIST -> member.equals("items") ? Kind.ITEM : null;
            case MAPPING, IMAGE_RULE -> member.equals("image") ? Kind.IMAGE : null;
            case PARAMETER, ITEM, OTHER_MAPPING, IMAGE -> null;
        };
    }
}
