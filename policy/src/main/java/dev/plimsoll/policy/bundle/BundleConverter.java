package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.bundle.BundleShape.Kind;
import dev.plimsoll.policy.rule.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes a bundle of one format in the words of the other. It changes the tree that was read and makes none anew, so
/// that what it does not know stays where it is.
///
/// Ids of results do not change with the format: they are made of the older names in both, so allowlists go on
/// matching.
///
/// Source: Anchore Engine 1.1 (`1_0`), Anchore Enterprise API 2.13 (`2`) and what its import aliases.
public final class BundleConverter {

    private final Format from;
    private final Format to;
    private final ConversionNotes notes;
    private final RuleConverter rules;
    private final boolean forAnchore;

    private BundleConverter(Format from, Format to, boolean forAnchore) {
        this.from = from;
        this.to = to;
        this.forAnchore = forAnchore;
        this.notes = new ConversionNotes();
        this.rules = new RuleConverter(from, to, forAnchore, notes);
    }

    /// What became of a bundle.
    public sealed interface Result {}

    /// @param warnings what the other format, or the product that reads it, cannot say; pointers are of the text that
    ///     was read
    public record Converted(JsonObject bundle, List<BundleProblem> warnings) implements Result {
        public Converted {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param errors why the text is no bundle
    public record Refused(List<BundleProblem> errors) implements Result {
        public Refused {
            errors = List.copyOf(errors);
        }
    }

    /// The formats that there are.
    public static List<String> versions() {
        return List.of(Format.ENGINE.version(), Format.ENTERPRISE.version());
    }

    /// Converts a text in JSON or YAML.
    ///
    /// @param fileName for messages
    /// @param version of the format that is wanted, one of {@link #versions()}; empty for the text's own
    /// @param forAnchore whether Anchore's product of that format is to read it: what it does not know is left out
    public static Result convert(String fileName, byte[] text, Optional<String> version, boolean forAnchore) {
        return switch (BundleSyntax.parse(fileName, text)) {
            case BundleSyntax.Refused(var reason) ->
                new Refused(List.of(new BundleProblem(Severity.ERROR, "", reason)));
            case BundleSyntax.Tree(var tree) -> {
                // patterns that backtrack are the user's own business here
                var reading = BundleReader.read(tree, true);
                if (reading.bundle().isEmpty()) {
                    yield new Refused(reading.errors());
                }
                var from = Format.of(reading.bundle().get().formatVersion()).orElseThrow();
                var to = version.map(wanted -> Format.of(wanted).orElseThrow()).orElse(from);
                yield new BundleConverter(from, to, forAnchore).convert(tree);
            }
        };
    }

    private Result convert(JsonObject tree) {
        var converted = BundleShape.changed(tree, this::changed);
        return new Converted(forAnchore ? withoutOtherArtifacts(converted) : converted, notes.problems());
    }

    private List<JsonObject> changed(Kind kind, String pointer, JsonObject object) {
        var own = ownMembers(pointer, object);
        return switch (kind) {
            case BUNDLE -> List.of(bundle(own));
            case RULE_SET -> List.of(ruleSet(pointer, own));
            case RULE -> rules.changed(pointer, own).stream().toList();
            case ALLOWLIST -> List.of(allowlist(pointer, own));
            case ITEM -> {
                warnOfItem(pointer, own);
                yield List.of(own);
            }
            case MAPPING -> List.of(mapping(own));
            case OTHER_MAPPING, IMAGE_RULE, PARAMETER, IMAGE -> List.of(own);
        };
    }

    /// Without what is ours alone, where Anchore is to read it.
    private JsonObject ownMembers(String pointer, JsonObject object) {
        for (var member : List.of(ExtensionReader.MEMBER, "controls")) {
            if (object.get(member).isPresent()) {
                notes.count(
                        forAnchore ? "stripped " + member : "kept " + member,
                        pointer + "/" + member,
                        forAnchore
                                ? "'" + member + "' is left out: Anchore does not know it"
                                : "'" + member + "' is kept; Anchore passes it over");
            }
        }
        return forAnchore ? Members.without(object, ExtensionReader.MEMBER, "controls") : object;
    }

    private JsonObject bundle(JsonObject object) {
        var converted = Members.renamed(
                described(object),
                Map.of(
                        from.ruleSets(), to.ruleSets(),
                        from.allowlists(), to.allowlists(),
                        from.allowlistedImages(), to.allowlistedImages(),
                        from.denylistedImages(), to.denylistedImages()));
        converted = Members.with(converted, "version", new JsonString(to.version()));
        if (to.idsRequired()) {
            converted = named(converted);
            converted = withIds(converted, "mappings", "mapping", "/mappings");
            converted = withIds(converted, to.allowlistedImages(), "image", "/" + from.allowlistedImages());
            converted = withIds(converted, to.denylistedImages(), "image", "/" + from.denylistedImages());
        }
        return converted;
    }

    private JsonObject ruleSet(String pointer, JsonObject object) {
        var type = object.string("artifact_type").orElse("image").toLowerCase(Locale.ROOT);
        if (to.equals(Format.ENGINE) && !type.equals("image")) {
            notes.add(
                    pointer + "/artifact_type",
                    forAnchore
                            ? "the rule set for artifacts of type '" + type + "' is left out: Anchore Engine judges"
                                    + " images only"
                            : "'artifact_type' is kept; Anchore Engine does not know it and would take the rule set for"
                                    + " one of images");
        }
        var converted = Members.with(described(object), "version", new JsonString(to.version()));
        return to.idsRequired() ? withIds(named(converted), "rules", "rule", pointer + "/rules") : converted;
    }

    private JsonObject allowlist(String pointer, JsonObject object) {
        var converted = Members.with(described(object), "version", new JsonString(to.version()));
        return to.idsRequired() ? withIds(named(converted), "items", "item", pointer + "/items") : converted;
    }

    private JsonObject mapping(JsonObject object) {
        var converted = described(object);
        var single = from.mappedRuleSet().filter(member -> object.string(member).isPresent());
        if (single.isPresent() && to.mappedRuleSet().isEmpty()) {
            var mapped = new JsonArray(List.of(object.get(single.get()).orElseThrow()));
            converted = Members.replaced(converted, single.get(), to.mappedRuleSets(), mapped);
        }
        converted = Members.renamed(
                converted,
                Map.of(from.mappedRuleSets(), to.mappedRuleSets(), from.mappedAllowlists(), to.mappedAllowlists()));
        if (converted.get(to.mappedAllowlists()).isEmpty()) {
            converted = Members.with(converted, to.mappedAllowlists(), new JsonArray(List.of()));
        }
        return converted;
    }

    /// With the word that the other format has for what an object says of itself. Where both words stand there they
    /// change places, so that the way back gives the same text.
    private JsonObject described(JsonObject object) {
        if (from.equals(to) || object.get(from.description()).isEmpty()) {
            return object;
        }
        return Members.renamed(
                object, Map.of(from.description(), to.description(), to.description(), from.description()));
    }

    /// Format 2 asks for a name.
    static JsonObject named(JsonObject object) {
        if (object.string("name").isPresent()) {
            return object;
        }
        var id = object.get("id").orElse(new JsonString(""));
        return Members.first(Members.first(object, "name", id), "id", id);
    }

    /// Format 2 asks for ids; those that are made up differ from all others of the list.
    private JsonObject withIds(JsonObject object, String list, String word, String pointer) {
        if (!(object.members().get(list) instanceof JsonArray(var elements))) {
            return object;
        }
        var ids = new MadeIds(word, elements);
        var changed = new ArrayList<JsonValue>();
        for (int i = 0; i < elements.size(); i++) {
            changed.add(elements.get(i) instanceof JsonObject element ? ids.of(element, i) : elements.get(i));
        }
        if (ids.made() > 0) {
            notes.count(
                    "ids of " + word,
                    pointer,
                    "format " + to.version() + " asks for ids: some are made up, such as '" + ids.last() + "'");
        }
        return Members.with(object, list, new JsonArray(changed));
    }

    private void warnOfItem(String pointer, JsonObject item) {
        var gate = item.string("gate").orElse("").toLowerCase(Locale.ROOT);
        var product = AnchoreVocabulary.of(to);
        if (item.string("trigger_id").filter(id -> id.startsWith(gate + ":")).isPresent()) {
            notes.count(
                    "our ids",
                    pointer + "/trigger_id",
                    "only Plimsoll knows ids of this form; in " + product.product() + " the item silences nothing");
        } else if (!product.knowsGate(gate)) {
            notes.count(
                    "gate of item " + gate,
                    pointer + "/gate",
                    product.product() + " has no gate '" + Names.shortened(gate)
                            + "': there the item silences nothing");
        }
    }

    /// Engine knows images only; a rule set for something else would judge them.
    private JsonObject withoutOtherArtifacts(JsonObject bundle) {
        if (!to.equals(Format.ENGINE)) {
            return bundle;
        }
        var kept = new ArrayList<JsonValue>();
        var gone = new ArrayList<String>();
        for (var ruleSet : bundle.objects(to.ruleSets())) {
            if (ruleSet.string("artifact_type").orElse("image").equalsIgnoreCase("image")) {
                kept.add(Members.without(ruleSet, "artifact_type"));
            } else {
                ruleSet.string("id").ifPresent(gone::add);
            }
        }
        for (var other : BundleReader.OTHER_MAPPINGS) {
            if (!bundle.array(other).isEmpty()) {
                notes.add("/" + other, "'" + other + "' is left out: Anchore Engine judges images only");
            }
        }
        var images = BundleShape.changed(
                Members.without(
                        Members.with(bundle, to.ruleSets(), new JsonArray(kept)),
                        BundleReader.OTHER_MAPPINGS.toArray(String[]::new)),
                (kind, _, object) -> List.of(kind == Kind.MAPPING ? withoutRuleSets(object, gone) : object));
        return images;
    }

    private JsonObject withoutRuleSets(JsonObject mapping, List<String> gone) {
        return mapping.members().get(to.mappedRuleSets()) instanceof JsonArray(var ids)
                ? Members.with(
                        mapping,
                        to.mappedRuleSets(),
                        new JsonArray(ids.stream()
                                .filter(id -> !(id instanceof JsonString(var text) && gone.contains(text)))
                                .toList()))
                : mapping;
    }
}
