package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.rule.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads a bundle and finds all that is wrong with it at once, in parts that no mapping names too.
///
/// Source: Anchore Engine 1.1 (`1_0`) and Anchore Enterprise API 2.13 (`2`). Limits are {@link JsonLimits#AUTHORED} but
/// for
/// the length.
public final class BundleReader {

    /// In bytes. As a tree, the densest text of that length takes 300 MB; an allowlist item takes some 150 bytes.
    public static final int MAX_LENGTH = 4 << 20;

    private static final Set<String> RULE_SET_MEMBERS =
            RuleReader.with(Format.REMARKS, "id", "name", "version", "artifact_type", "rules");

    private static final String ALLOWED_VERSIONS =
            "allowed are \"1_0\" (Anchore Engine) and \"2\" (Anchore Enterprise)";
    /// Enterprise's mappings for other things than images.
    static final List<String> OTHER_MAPPINGS = List.of("sbom_mappings", "source_mappings");

    private final Format format;
    private final boolean allowBacktracking;
    private final RuleReader rules;
    private final AllowlistReader allowlists;
    private final ImageRuleReader images;

    private BundleReader(Format format, boolean allowBacktracking, RuleExtensions general) {
        this.format = format;
        this.allowBacktracking = allowBacktracking;
        this.rules = new RuleReader(format, allowBacktracking, general);
        this.allowlists = new AllowlistReader(format, allowBacktracking);
        this.images = new ImageRuleReader(format, allowBacktracking);
    }

    /// Reads a bundle whose patterns may not backtrack.
    public static BundleReading read(String fileName, byte[] text) {
        return read(fileName, text, false);
    }

    /// Reads a bundle.
    ///
    /// @param fileName for messages
    /// @param allowBacktracking whether patterns may use look-around and back-references, with bounded steps
    public static BundleReading read(String fileName, byte[] text, boolean allowBacktracking) {
        return switch (BundleSyntax.parse(fileName, text)) {
            case BundleSyntax.Tree(var object) -> read(object, allowBacktracking);
            case BundleSyntax.Refused(var reason) ->
                new BundleReading(Optional.empty(), List.of(new BundleProblem(Severity.ERROR, "", reason)));
        };
    }

    /// Whether a file of a folder is meant to be a bundle, or something else that lies beside bundles. What cannot be
    /// read counts as one, so that it is told.
    public static boolean isMeantToBeABundle(String fileName, byte[] text) {
        return switch (BundleSyntax.parse(fileName, text)) {
            case BundleSyntax.Tree(var object) -> BundleSyntax.looksLikeABundle(object);
            case BundleSyntax.Refused _ -> true;
        };
    }

    /// Reads a tree.
    static BundleReading read(JsonObject object, boolean allowBacktracking) {
        var problems = new ArrayList<BundleProblem>();
        var place = new Place(object, "", problems);
        var format = format(place);
        if (format.isEmpty()) {
            // Whose words it uses tells what it was meant to be, so that everything else is found too.
            format = Optional.of(place.has(Format.ENGINE.ruleSets()) ? Format.ENGINE : Format.ENTERPRISE);
        }
        var bundle =
                new BundleReader(format.get(), allowBacktracking, ExtensionReader.read(place)).bundle(place, object);
        boolean good = problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        if (good) {
            problems.addAll(BundleReview.warnings(bundle, object));
        }
        return new BundleReading(good ? Optional.of(bundle) : Optional.empty(), problems);
    }

    private static Optional<Format> format(Place place) {
        if (!place.has("version")) {
            place.error("the member 'version' is missing: " + ALLOWED_VERSIONS);
            return Optional.empty();
        }
        var version = place.optional("version");
        var format = version.flatMap(Format::of);
        if (version.isPresent() && format.isEmpty()) {
            place.error("version", unknownVersion(version.get()));
        }
        return format;
    }

    /// Parts of a bundle name the format again.
    static void checkVersion(Place place, Format format) {
        var version = place.optional("version");
        if (format.equals(Format.ENGINE)
                && version.isPresent()
                && !version.get().equals(format.version())) {
            place.error("version", unknownVersion(version.get()));
        }
    }

    private static String unknownVersion(String version) {
        return "unknown version '" + Names.shortened(version) + "': " + ALLOWED_VERSIONS;
    }

    private Bundle bundle(Place place, JsonObject object) {
        var members = RuleReader.with(
                Format.REMARKS,
                "id",
                "name",
                "version",
                "mappings",
                ExtensionReader.MEMBER,
                format.ruleSets(),
                format.allowlists(),
                format.allowlistedImages(),
                format.denylistedImages());
        members.addAll(OTHER_MAPPINGS);
        warnOfOtherFormat(place);
        place.knows(members);
        var id = place.required("id").orElse("");
        if (!place.has(format.ruleSets())) {
            place.error("the member '" + format.ruleSets() + "' is missing");
        }
        var ruleSets = ruleSets(place);
        var lists = allowlistsOf(place);
        if (!place.has("mappings")) {
            place.error("the member 'mappings' is missing");
        }
        for (var other : OTHER_MAPPINGS) {
            if (!place.objects(other).isEmpty()) {
                place.warning(other, "'" + other + "' is not for images and is passed over");
            }
        }
        return new Bundle(
                id,
                place.optional("name").orElse(""),
                format.version(),
                format.descriptionOf(place),
                ruleSets.found(),
                lists.found(),
                new MappingReader(format, images).read(place, ruleSets.found(), ruleSets.ids(), lists.ids()),
                imageRules(place, format.allowlistedImages()),
                imageRules(place, format.denylistedImages()),
                CanonicalJson.digest(object),
                allowBacktracking);
    }

    private void warnOfOtherFormat(Place place) {
        var other = format.other();
        for (var pair : List.of(
                List.of(other.ruleSets(), format.ruleSets()),
                List.of(other.allowlists(), format.allowlists()),
                List.of(other.allowlistedImages(), format.allowlistedImages()),
                List.of(other.denylistedImages(), format.denylistedImages()))) {
            if (place.has(pair.getFirst())) {
                place.error(
                        pair.getFirst(),
                        "'" + pair.getFirst() + "' belongs to format " + other.version() + "; in format "
                                + format.version() + " it is '" + pair.getLast() + "'");
            }
        }
    }

    /// What was read, and all ids that are there, those of broken parts included, so that one mistake is told once.
    private record Parts<T>(List<T> found, Set<String> ids) {}

    private Parts<RuleSet> ruleSets(Place bundle) {
        var found = new ArrayList<RuleSet>();
        var ids = new UniqueIds();
        for (var place : bundle.objects(format.ruleSets())) {
            place.knows(RULE_SET_MEMBERS);
            var id = place.required("id");
            id.ifPresent(text -> ids.refuseSecond(place, text));
            checkVersion(place, format);
            boolean ofImages = isOfImages(place);
            if (!place.has("rules")) {
                // Else one mistyped letter would let everything pass.
                place.error("the member 'rules' is missing");
            }
            var rulesOf = rulesOf(ofImages ? place : place.forgiving());
            found.add(new RuleSet(id.orElse(""), place.optional("name").orElse(""), ofImages, rulesOf));
        }
        return new Parts<>(found, ids.seen());
    }

    private List<Bundle.Rule> rulesOf(Place ruleSet) {
        var found = new ArrayList<Bundle.Rule>();
        var ids = new UniqueIds();
        for (var place : ruleSet.objects("rules")) {
            place.optional("id").ifPresent(id -> ids.warnOfSecond(place, id, "rule"));
            rules.read(place).ifPresent(found::add);
        }
        return found;
    }

    private static boolean isOfImages(Place place) {
        var type = place.optional("artifact_type").orElse("image").toLowerCase(Locale.ROOT);
        switch (type) {
            case "image" -> {
                return true;
            }
            case "source", "sbom" ->
                place.warning(
                        "artifact_type",
                        "the rule set is for artifacts of type '" + type + "' and is never judged for images");
            default ->
                place.error(
                        "artifact_type",
                        "unknown type '" + Names.shortened(type) + "': "
                                + Names.advice(type, List.of("image", "source", "sbom")));
        }
        return false;
    }

    private Parts<Allowlist> allowlistsOf(Place bundle) {
        var found = new ArrayList<Allowlist>();
        var ids = new UniqueIds();
        for (var place : bundle.objects(format.allowlists())) {
            place.optional("id").ifPresent(id -> ids.refuseSecond(place, id));
            allowlists.read(place).ifPresent(found::add);
        }
        return new Parts<>(found, ids.seen());
    }

    private List<ImageRule> imageRules(Place bundle, String member) {
        var found = new ArrayList<ImageRule>();
        for (var place : bundle.objects(member)) {
            place.knows(ImageRuleReader.MEMBERS);
            images.read(place).ifPresent(found::add);
        }
        return found;
    }
}
