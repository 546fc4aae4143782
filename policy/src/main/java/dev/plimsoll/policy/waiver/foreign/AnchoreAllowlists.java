package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Allowlists of Anchore (`whitelists` in format 1_0): those of a bundle, for the images of the mappings that use them,
/// or one list alone.
///
/// Source: Anchore Engine 1.1 (`1_0`) and Anchore Enterprise API 2.13 (`2`). An allowlist counts where the first
/// mapping
/// that fits an image names it.
final class AnchoreAllowlists {

    private static final int NAMED = 3;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private AnchoreAllowlists() {}

    static void read(byte[] bytes, Drafts drafts) throws ImportException {
        JsonValue value;
        try {
            value = JsonReader.read(bytes, JsonLimits.AUTHORED.withBytes(BundleReader.MAX_LENGTH));
        } catch (JsonException e) {
            throw new ImportException("is no bundle and no allowlist of Anchore: " + e.getMessage());
        }
        if (!(value instanceof JsonObject document)) {
            throw new ImportException("is no bundle and no allowlist of Anchore: it must be a JSON object");
        }
        boolean alone = document.get("items").isPresent();
        var bundle = bundle(alone ? around(document) : withoutRules(document));
        if (alone) {
            if (drafts.options().images().isEmpty()) {
                drafts.note("An allowlist alone does not say for which images it is: the waivers are for all of them;"
                        + " --image narrows them");
            }
            bundle.allowlists().forEach(list -> items(list, List.of(), drafts));
            return;
        }
        for (var list : bundle.allowlists()) {
            if (!drafts.options().images().isEmpty()) {
                items(list, List.of(), drafts);
                continue;
            }
            switch (AnchoreMappings.imagesOf(bundle.mappings(), list.id())) {
                case AnchoreMappings.All() -> items(list, List.of(), drafts);
                case AnchoreMappings.Some(var images) -> items(list, images, drafts);
                case AnchoreMappings.Unsaid(var why) ->
                    drafts.leave(
                            "allowlist " + Drafts.quoted(list.id()),
                            why + ", so its " + list.items().size() + " items are left: --image says for which images"
                                    + " they shall count");
            }
        }
    }

    /// What the bundle's reader says is wrong counts: an entry that it cannot read is none.
    private static Bundle bundle(JsonObject document) throws ImportException {
        var reading = BundleReader.read("bundle", text(document), false);
        if (reading.bundle().isEmpty()) {
            throw new ImportException("cannot be used: "
                    + reading.errors().stream()
                            .limit(NAMED)
                            .map(BundleProblem::toString)
                            .collect(Collectors.joining("; ")));
        }
        return reading.bundle().get();
    }

    /// Rules are no part of this, and what is wrong with them no reason to stop.
    private static JsonObject withoutRules(JsonObject document) {
        var members = new LinkedHashMap<String, JsonValue>();
        document.members().forEach((name, value) -> {
            switch (name) {
                case "policies", "rule_sets" -> members.put(name, new JsonArray(List.of()));
                case "mappings" -> members.put(name, withoutRuleSets(value));
                default -> members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    private static JsonValue withoutRuleSets(JsonValue mappings) {
        if (!(mappings instanceof JsonArray(var elements))) {
            return mappings;
        }
        return new JsonArray(elements.stream()
                .map(element -> element instanceof JsonObject mapping ? withoutRuleSets(mapping) : element)
                .toList());
    }

    private static JsonValue withoutRuleSets(JsonObject mapping) {
        var members = new LinkedHashMap<>(mapping.members());
        members.remove("policy_id");
        members.computeIfPresent("policy_ids", (_, _) -> new JsonArray(List.of()));
        members.computeIfPresent("rule_set_ids", (_, _) -> new JsonArray(List.of()));
        return new JsonObject(members);
    }

    private static JsonObject around(JsonObject list) {
        boolean older =
                list.string("version").map(version -> version.equals("1_0")).orElse(false);
        var members = new LinkedHashMap<>(list.members());
        members.putIfAbsent("id", new JsonString("allowlist"));
        members.putIfAbsent("name", new JsonString("allowlist"));
        return new JsonObject(new LinkedHashMap<>(Map.of(
                "id",
                new JsonString("import"),
                "name",
                new JsonString("import"),
                "version",
                new JsonString(older ? "1_0" : "2"),
                older ? "policies" : "rule_sets",
                new JsonArray(List.of()),
                "mappings",
                new JsonArray(List.of()),
                older ? "whitelists" : "allowlists",
                new JsonArray(List.of(new JsonObject(members))))));
    }

    private static byte[] text(JsonObject document) {
        var out = new ByteArrayOutputStream();
        try (var writer = JsonWriter.compact(out)) {
            writer.element(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void items(Allowlist list, List<String> images, Drafts drafts) {
        for (var item : list.items()) {
            var place = "allowlist " + Drafts.quoted(list.id()) + ", item " + Drafts.quoted(item.id());
            if (silencesNothing(item)) {
                drafts.leave(
                        place,
                        "it silences nothing: the id of a vulnerability's result has the package behind it, "
                                + item.triggerId() + "+curl or " + item.triggerId() + "+*");
                continue;
            }
            drafts.at(place)
                    .named(item.id())
                    .covering("ids", List.of(item.triggerId().toString()))
                    .covering("images", images)
                    .covering("gates", List.of(item.gate()))
                    .because(item.description())
                    .until(item.expiresOn())
                    .add();
        }
    }

    /// To a waiver an id alone is the vulnerability's in every package.
    private static boolean silencesNothing(Allowlist.Item item) {
        var id = item.triggerId().toString();
        return item.gate().equals("vulnerabilities")
                && id.indexOf('+') < 0
                && !id.endsWith("*")
                && !MD5.matcher(id).matches()
                && id.indexOf(':') < 0;
    }
}
