package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.rule.Names;
import dev.plimsoll.policy.rule.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds what a bundle without errors says in vain: parts that can have no effect. Warnings, never errors.
public final class BundleReview {

    /// Mappings that are held against those before them; the work grows with the square.
    static final int MAX_MAPPINGS = 1000;

    private final Bundle bundle;
    private final Format format;
    private final JsonObject tree;
    private final List<BundleProblem> problems = new ArrayList<>();

    private BundleReview(Bundle bundle, JsonObject tree) {
        this.bundle = bundle;
        this.format = Format.of(bundle.formatVersion()).orElseThrow();
        this.tree = tree;
    }

    /// What can be told without a clock.
    ///
    /// @param tree that the bundle was read from, without errors, so that both have the same elements
    static List<BundleProblem> warnings(Bundle bundle, JsonObject tree) {
        var review = new BundleReview(bundle, tree);
        review.ruleSets();
        review.mappings();
        review.allowlists();
        return review.problems;
    }

    /// Items of allowlists that no longer count, one warning for each list.
    ///
    /// @param at the instant that counts as now
    public static List<BundleProblem> expired(Bundle bundle, Instant at) {
        var review = new BundleReview(bundle, JsonObject.EMPTY);
        for (int list = 0; list < bundle.allowlists().size(); list++) {
            var alike = new AlikeItems();
            var items = bundle.allowlists().get(list).items();
            for (int i = 0; i < items.size(); i++) {
                var end = items.get(i).expiresOn();
                if (end.isPresent() && !end.get().isAfter(at)) {
                    alike.add("expired", "it expired on " + end.get() + " and silences nothing", i);
                }
            }
            alike.tell(review, list, "expires_on");
        }
        return review.problems;
    }

    private void ruleSets() {
        var named = new HashSet<String>();
        bundle.mappings().forEach(mapping -> named.addAll(mapping.ruleSetIds()));
        if (bundle.mappings().isEmpty()) {
            warn("/mappings", "there is no mapping, so the bundle covers no image");
        }
        for (int i = 0; i < bundle.ruleSets().size(); i++) {
            var ruleSet = bundle.ruleSets().get(i);
            var pointer = "/" + format.ruleSets() + "/" + i;
            if (!ruleSet.ofImages()) {
                continue;
            }
            if (ruleSet.rules().isEmpty()) {
                warn(pointer + "/rules", "the rule set has no rules, so it lets everything pass");
            }
            if (!bundle.mappings().isEmpty() && !named.contains(ruleSet.id())) {
                warn(pointer, "no mapping names the rule set '" + Names.shortened(ruleSet.id()) + "'");
            }
            identicalRules(
                    pointer + "/rules",
                    ruleSet.rules(),
                    tree.objects(format.ruleSets()).get(i).objects("rules"));
        }
    }

    private void identicalRules(String pointer, List<Rule> rules, List<JsonObject> texts) {
        Map<List<Object>, String> seen = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var first = seen.putIfAbsent(
                    List.of(rule.gate().name(), rule.trigger().name(), rule.action(), parameters(rule, texts.get(i))),
                    rule.id());
            if (first != null) {
                warn(pointer + "/" + i, "the rule '" + Names.shortened(first) + "' says the same");
            }
        }
    }

    private static Map<String, String> parameters(Rule rule, JsonObject text) {
        Map<String, String> given = new TreeMap<>();
        for (var parameter : text.objects("params")) {
            var name = parameter.string("name").orElse("");
            rule.trigger().parameters().stream()
                    .filter(declared -> declared.isNamed(name))
                    .map(Parameter::name)
                    .forEach(known -> given.put(known, parameter.string("value").orElse("")));
        }
        return given;
    }

    private void mappings() {
        var mappings = bundle.mappings();
        for (int i = 1; i < Math.min(mappings.size(), MAX_MAPPINGS); i++) {
            var images = mappings.get(i).images();
            var before = mappings.subList(0, i).stream()
                    .filter(earlier -> covers(earlier.images(), images))
                    .findFirst();
            if (before.isPresent()) {
                warn(
                        "/mappings/" + i,
                        "no image comes to this mapping: the mapping '"
                                + Names.shortened(before.get().images().id())
                                + "' before it covers all that it covers, and the first that does counts");
            }
        }
    }

    private static boolean covers(ImageRule first, ImageRule second) {
        return first.registry().covers(second.registry())
                && first.repository().covers(second.repository())
                && covers(first.image(), second.image());
    }

    private static boolean covers(ImageReference first, ImageReference second) {
        return switch (first) {
            case ImageReference.Tag(var pattern) ->
                second instanceof ImageReference.Tag(var tag)
                        ? pattern.covers(tag)
                        // an image that is meant by its digest has some tag or none
                        : pattern.prefix().isEmpty() && !pattern.isExpression() && pattern.matches("");
            case ImageReference.ManifestDigest _, ImageReference.ImageId _ -> first.equals(second);
        };
    }

    private void allowlists() {
        var named = new HashSet<String>();
        bundle.mappings().forEach(mapping -> named.addAll(mapping.allowlistIds()));
        BundleReader.OTHER_MAPPINGS.forEach(
                member -> tree.objects(member).forEach(mapping -> named.addAll(namedBy(mapping))));
        var ids = AllowlistIds.of(bundle, tree);
        for (int list = 0; list < bundle.allowlists().size(); list++) {
            var allowlist = bundle.allowlists().get(list);
            if (!named.contains(allowlist.id())) {
                warn(
                        "/" + format.allowlists() + "/" + list,
                        "no mapping names the allowlist '" + Names.shortened(allowlist.id()) + "'");
            }
            var alike = new AlikeItems();
            for (int i = 0; i < allowlist.items().size(); i++) {
                int index = i;
                ids.doubt(allowlist.items().get(i)).ifPresent(doubt -> alike.add(doubt.kind(), doubt.words(), index));
            }
            alike.tell(this, list, "trigger_id");
        }
    }

    private static Set<String> namedBy(JsonObject mapping) {
        var named = new HashSet<String>();
        Stream.of(Format.ENGINE, Format.ENTERPRISE)
                .map(Format::mappedAllowlists)
                .forEach(member -> named.addAll(mapping.strings(member)));
        return named;
    }

    private void warn(String pointer, String message) {
        problems.add(new BundleProblem(Severity.WARNING, pointer, message));
    }

    /// Items of one allowlist of which the same is to be said: thousands of lines would hide the others.
    private static final class AlikeItems {

        /// Indices that a warning names beside its own place.
        private static final int NAMED = 5;

        private record Kind(String words, List<Integer> indices) {}

        private final Map<String, Kind> kinds = new TreeMap<>();

        void add(String kind, String words, int index) {
            kinds.computeIfAbsent(kind, _ -> new Kind(words, new ArrayList<>()))
                    .indices()
                    .add(index);
        }

        void tell(BundleReview review, int list, String member) {
            for (var kind : kinds.values()) {
                var indices = kind.indices();
                review.warn(
                        "/" + review.format.allowlists() + "/" + list + "/items/" + indices.getFirst() + "/" + member,
                        kind.words() + further(indices).orElse(""));
            }
        }

        private static Optional<String> further(List<Integer> indices) {
            int more = indices.size() - 1;
            if (more == 0) {
                return Optional.empty();
            }
            var shown = indices.stream()
                    .skip(1)
                    .limit(NAMED)
                    .map(index -> "items/" + index)
                    .toList();
            return Optional.of(
                    "; the same holds of " + more + " more: " + String.join(", ", shown) + (more > NAMED ? " …" : ""));
        }
    }
}
