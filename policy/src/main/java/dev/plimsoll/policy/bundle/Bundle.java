package dev.plimsoll.policy.bundle;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an organisation demands, read and checked.
///
/// Source: Anchore Engine 1.1's policy bundle, format `1_0`, and Anchore Enterprise's policy, format `2`. Names are
/// those of
/// format 2.
///
/// @param formatVersion `1_0` or `2`
/// @param description may be empty
/// @param digest of the JSON without white space and with sorted members, `sha256:…`
/// @param allowBacktracking what its patterns were allowed when it was read
public record Bundle(
        String id,
        String name,
        String formatVersion,
        String description,
        List<RuleSet> ruleSets,
        List<Allowlist> allowlists,
        List<Mapping> mappings,
        List<ImageRule> allowlistedImages,
        List<ImageRule> denylistedImages,
        String digest,
        boolean allowBacktracking) {

    public Bundle {
        ruleSets = List.copyOf(ruleSets);
        allowlists = List.copyOf(allowlists);
        mappings = List.copyOf(mappings);
        allowlistedImages = List.copyOf(allowlistedImages);
        denylistedImages = List.copyOf(denylistedImages);
    }

    /// What its rules need a run to collect.
    public AnalysisRequest needs() {
        return ruleSets.stream()
                .flatMap(ruleSet -> ruleSet.rules().stream())
                .map(rule -> rule.trigger().needs().apply(rule.arguments()))
                .reduce(AnalysisRequest.nothing(), AnalysisRequest::and);
    }

    /// Paths whose SHA-256 its rules ask for, sorted, without the leading slash.
    public List<String> digestedPaths() {
        return needs().digested().stream().sorted().toList();
    }

    /// The same bundle, whatever it maps, with these items in an allowlist of their own before all others.
    public Bundle alsoAllowing(List<Allowlist.Item> items) {
        var list = new Allowlist("plimsoll:excused", "", items);
        return new Bundle(
                id,
                name,
                formatVersion,
                description,
                ruleSets,
                Stream.concat(Stream.of(list), allowlists.stream()).toList(),
                mappings.stream()
                        .map(mapping -> new Mapping(
                                mapping.images(),
                                mapping.ruleSetIds(),
                                Stream.concat(Stream.of(list.id()), mapping.allowlistIds().stream())
                                        .toList()))
                        .toList(),
                allowlistedImages,
                denylistedImages,
                digest,
                allowBacktracking);
    }

    /// Rules that belong together.
    ///
    /// @param ofImages whether they are about images; others are kept and never judged
    public record RuleSet(String id, String name, boolean ofImages, List<Rule> rules) {
        public RuleSet {
            rules = List.copyOf(rules);
        }
    }

    /// A trigger with arguments, and what it demands.
    ///
    /// @param id made from its place where the bundle gives none
    /// @param description may be empty
    /// @param recommendation may be empty
    /// @param extensions what Anchore's formats do not know
    public record Rule(
            String id,
            Gate gate,
            Trigger trigger,
            Arguments arguments,
            Action action,
            String description,
            String recommendation,
            RuleExtensions extensions) {

        /// What it demands where a fact that it asks for is not known.
        public Action unknownAction() {
            return extensions.unknownAction().orElse(action);
        }

        /// What it demands where it breaks.
        public Action failureAction() {
            return extensions.failureAction().orElse(action);
        }
    }

    /// What may be although a rule forbids it.
    public record Allowlist(String id, String name, List<Item> items) {
        public Allowlist {
            items = List.copyOf(items);
        }

        /// @param gate lower case
        /// @param expiresOn from when it no longer counts
        /// @param description may be empty
        public record Item(
                String id, String gate, NamePattern triggerId, Optional<Instant> expiresOn, String description) {}
    }

    /// Which rule sets and allowlists are for which images.
    public record Mapping(ImageRule images, List<String> ruleSetIds, List<String> allowlistIds) {
        public Mapping {
            ruleSetIds = List.copyOf(ruleSetIds);
            allowlistIds = List.copyOf(allowlistIds);
        }
    }

    /// Which images are meant.
    public record ImageRule(
            String id, String name, NamePattern registry, NamePattern repository, ImageReference image) {}

    /// How an image is named within its repository.
    public sealed interface ImageReference {
        record Tag(NamePattern pattern) implements ImageReference {}

        record ManifestDigest(String digest) implements ImageReference {}

        /// @param id of the configuration, without `sha256:`
        record ImageId(String id) implements ImageReference {}
    }
}
