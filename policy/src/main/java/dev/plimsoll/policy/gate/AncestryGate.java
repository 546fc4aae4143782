package dev.plimsoll.policy.gate;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.base.BaseImages;
import dev.plimsoll.inventory.base.KnownImage;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gate `ancestry`: on which images this one was built, among those that `--ancestors` names.
///
/// An ancestor is a known image whose layers are the lowest of the image's; the base is the one with most layers, or
/// several that have the same ones. Labels and histories, which whoever builds an image writes as he likes, count for
/// nothing here.
///
/// Source: Anchore Enterprise 6, documentation of the gate; ids and messages are ours.
final class AncestryGate implements Gate {

    private static final Parameter<List<String>> BASE_DIGEST = digests("base_digest")
            .describedAs("Digests of manifests of images that may be the base.")
            .mustBeGiven();
    private static final Parameter<List<NamePattern>> BASE_TAG = tags("base_tag")
            .describedAs("Names of images that may be the base; `*` stands for any text.")
            .mustBeGiven();
    private static final Parameter<List<String>> ANCESTOR_DIGEST = digests("ancestor_digest")
            .describedAs("Digests of manifests of images that must not be beneath it.")
            .mustBeGiven();
    private static final Parameter<List<NamePattern>> ANCESTOR_TAG = tags("ancestor_tag")
            .describedAs("Names of images that must not be beneath it; `*` stands for any text.")
            .mustBeGiven();

    private static Parameter<List<String>> digests(String name) {
        return Parameter.of(
                        name,
                        ValueTypes.listOf(
                                "digests separated by commas, such as sha256:0123…",
                                text -> Digest.parse(text).map(Digest::toString)))
                .like("sha256:" + "0123456789abcdef".repeat(4));
    }

    private static Parameter<List<NamePattern>> tags(String name) {
        return Parameter.of(name, ValueTypes.namesOf("images")).like("docker.io/library/debian:12");
    }

    @Override
    public String name() {
        return "ancestry";
    }

    @Override
    public String description() {
        return "The images that this one was built on, among those that --ancestors names.";
    }

    @Override
    public List<Trigger> triggers() {
        var ours = "Id and message are ours.";
        var unknown =
                "Without `--ancestors` it cannot be judged, nor for an entry of the list that no known image fits.";
        return List.of(
                Trigger.named("allowed_base_image_digest")
                        .describedAs("Fires where the base is none of these, and where no known image is beneath it.")
                        .with(BASE_DIGEST)
                        .differingIn(ours, unknown)
                        .judgedBy((arguments, subject) -> judge(
                                subject,
                                (ancestry, gaps) -> allowed(ancestry, digestMatches(arguments, BASE_DIGEST), gaps))),
                Trigger.named("allowed_base_image_tag")
                        .describedAs("Fires where the base is none of these, and where no known image is beneath it.")
                        .with(BASE_TAG)
                        .differingIn(ours, unknown)
                        .judgedBy((arguments, subject) -> judge(
                                subject, (ancestry, gaps) -> allowed(ancestry, tagMatches(arguments, BASE_TAG), gaps))),
                Trigger.named("denylist_ancestor_image_digest")
                        .describedAs("Fires for each known image beneath it that is one of these.")
                        .with(ANCESTOR_DIGEST)
                        .differingIn(ours, unknown)
                        .judgedBy((arguments, subject) -> judge(
                                subject,
                                (ancestry, gaps) -> denied(ancestry, digestMatches(arguments, ANCESTOR_DIGEST), gaps))),
                Trigger.named("denylist_ancestor_image_tag")
                        .describedAs("Fires for each known image beneath it that is one of these.")
                        .with(ANCESTOR_TAG)
                        .differingIn(ours, unknown)
                        .judgedBy((arguments, subject) -> judge(
                                subject,
                                (ancestry, gaps) -> denied(ancestry, tagMatches(arguments, ANCESTOR_TAG), gaps))),
                Trigger.named("no_ancestors_analyzed")
                        .describedAs("Fires where no known image is beneath it.")
                        .differingIn(ours, "Without `--ancestors` it cannot be judged.")
                        .judgedBy((_, subject) -> judge(subject, (ancestry, _) -> none(ancestry))));
    }

    /// What is known of the images beneath.
    ///
    /// @param known all that were named
    /// @param ancestors of the image, the base first
    private record Ancestry(List<KnownImage> known, List<KnownImage> ancestors) {

        /// Those with most layers.
        List<KnownImage> base() {
            return ancestors.stream()
                    .filter(image -> image.diffIds().size()
                            == ancestors.getFirst().diffIds().size())
                    .toList();
        }
    }

    @FunctionalInterface
    private interface Question {
        List<Firing> ask(Ancestry ancestry, List<Gap> gaps);
    }

    private static Outcome judge(Subject subject, Question question) {
        var known = subject.background().knownImages();
        if (known.isEmpty()) {
            return Outcome.cannotJudge(
                    "the images that this one may be built on are not known: name them with --ancestors");
        }
        var image = subject.inventory().image();
        if (!image.layersKnown()
                || image.layers().stream().anyMatch(layer -> layer.diffId().isEmpty())) {
            return Outcome.cannotJudge("the image's layers are not known: "
                    + UnknownFacts.whatTells(subject.inventory()) + " does not tell them");
        }
        var gaps = new ArrayList<Gap>();
        var firings = question.ask(new Ancestry(known.get(), BaseImages.ancestors(image, known.get())), gaps);
        return Outcome.of(firings, gaps);
    }

    private static List<Firing> allowed(Ancestry ancestry, ImageMatches allowed, List<Gap> gaps) {
        if (ancestry.ancestors().isEmpty()) {
            return unless(
                    allowed.unanswered(ancestry.known()),
                    gaps,
                    firing(
                            "none",
                            "None of the " + ancestry.known().size()
                                    + " known images is beneath it, so its base is none of " + allowed.listed(),
                            allowed));
        }
        var base = ancestry.base();
        if (base.stream().anyMatch(allowed::match)) {
            return List.of();
        }
        var open = new ArrayList<>(allowed.unanswered(ancestry.known()));
        open.addAll(allowed.unaskable(base));
        var names = base.stream().map(KnownImage::name).distinct().collect(Collectors.joining(", "));
        return unless(
                open,
                gaps,
                firing(
                        allowed.shown(base.getFirst()),
                        "It is built on " + names + digest(base.getFirst()) + ", which is none of " + allowed.listed(),
                        allowed));
    }

    /// What nobody can say is told in place of the firing.
    private static List<Firing> unless(List<Gap> open, List<Gap> gaps, Firing firing) {
        gaps.addAll(open);
        return open.isEmpty() ? List.of(firing) : List.of();
    }

    private static Firing firing(String key, String message, ImageMatches allowed) {
        return Firing.of(key, message, message, Remedy.of("Build the image on " + allowed.choice()))
                .withId(key, List.of());
    }

    private static List<Firing> denied(Ancestry ancestry, ImageMatches denied, List<Gap> gaps) {
        var firings = new TreeMap<String, Firing>();
        for (var ancestor : ancestry.ancestors()) {
            if (denied.match(ancestor)) {
                var key = denied.shown(ancestor);
                var message = "It is built on " + ancestor.name() + digest(ancestor) + ", which must not be beneath it";
                firings.putIfAbsent(
                        key,
                        Firing.of(
                                        key,
                                        message,
                                        message,
                                        Remedy.of("Build the image on another than " + ancestor.name()))
                                .withId(key, List.of()));
            }
        }
        gaps.addAll(denied.unanswered(ancestry.known()));
        gaps.addAll(denied.unaskable(ancestry.ancestors()));
        return List.copyOf(firings.values());
    }

    private static List<Firing> none(Ancestry ancestry) {
        if (!ancestry.ancestors().isEmpty()) {
            return List.of();
        }
        var message = "None of the " + ancestry.known().size() + " known images is beneath it";
        return List.of(Firing.of(
                        "no_ancestors_analyzed",
                        message,
                        message,
                        Remedy.of("Build the image on a known one, or name the one that it is built on (--ancestors)"))
                .withId("no_ancestors_analyzed", List.of()));
    }

    private static String digest(KnownImage image) {
        return image.digest().map(digest -> " (" + digest + ")").orElse("");
    }

    private static ImageMatches digestMatches(Arguments arguments, Parameter<List<String>> parameter) {
        return ImageMatches.byDigest(arguments.get(parameter));
    }

    private static ImageMatches tagMatches(Arguments arguments, Parameter<List<NamePattern>> parameter) {
        return ImageMatches.byName(arguments.get(parameter));
    }
}
