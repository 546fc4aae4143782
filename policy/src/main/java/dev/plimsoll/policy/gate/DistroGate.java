package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Comparison;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Gate `distro`: the distribution's releases that are not allowed.
final class DistroGate implements Gate {

    private static final Parameter<String> DISTRO = Parameter.of("distro", ValueTypes.TEXT)
            .describedAs("The distribution as its os-release names it (`ID`), in any case.")
            .like("debian")
            .mustBeGiven();
    private static final Parameter<String> VERSION = Parameter.of("version", ValueTypes.TEXT)
            .describedAs("The release to compare with. As many numbers count as it has: 3.18.4 is 3.18.")
            .like("9")
            .mustBeGiven();
    private static final Parameter<Comparison> CHECK = Parameter.of("check", ValueTypes.oneOf(Comparison.class))
            .describedAs("How the release compares; the image's stands to the left.")
            .like("<")
            .mustBeGiven();

    @Override
    public String name() {
        return "distro";
    }

    @Override
    public String description() {
        return "The distribution that the image is built on.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("deny")
                .describedAs("Fires where the image is of the distribution and its release compares as asked.")
                .with(DISTRO, VERSION, CHECK)
                .differingIn(
                        "Releases are ordered number by number, so 9 lies before 10.",
                        "A release that only has a name, such as testing, or none, such as of a rolling distribution, cannot be"
                                + " judged.",
                        "Id and message are ours.")
                .judgedBy(DistroGate::judge));
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var wanted = arguments.get(DISTRO).strip();
        var found = subject.inventory().distribution();
        if (found.isEmpty()) {
            return subject.inventory().document().isEmpty()
                    ? Outcome.quiet()
                    : Outcome.cannotJudge("the image's distribution is not known: "
                            + UnknownFacts.whatTells(subject.inventory()) + " does not tell it");
        }
        var distribution = found.get();
        if (!distribution.id().equalsIgnoreCase(wanted)) {
            return Outcome.quiet();
        }
        var version = arguments.get(VERSION).strip();
        var check = arguments.get(CHECK);
        var have = numbers(distribution);
        if (have.isEmpty() || !NumberOrder.isNumbered(version)) {
            return Outcome.cannotJudge("the release of " + distribution.id() + " "
                    + (distribution.versionId().isEmpty() ? distribution.codename() : distribution.versionId())
                    + " does not compare with " + version + ": it has no number, or the rule names none");
        }
        if (!check.holds(NumberOrder.compare(firstParts(have.get(), version), version))) {
            return Outcome.quiet();
        }
        var message = "The image is of " + distribution.id() + " " + have.get() + ", and the rule denies "
                + distribution.id() + " " + check.word() + " " + version;
        return Outcome.of(List.of(Firing.of(
                distribution.id() + check.word() + version,
                message,
                message,
                Remedy.of("Build the image on a release of " + distribution.id() + " that is not " + check.word() + " "
                        + version))));
    }

    /// The release by number; Debian's testing has a name only, and edge or rolling releases none.
    private static Optional<String> numbers(Distribution distribution) {
        var release = distribution.release().release();
        if (!NumberOrder.isNumbered(release)) {
            return Optional.empty();
        }
        return Optional.of(distribution.versionId().isEmpty() ? release : distribution.versionId());
    }

    /// As many parts of the version as the other has.
    private static String firstParts(String version, String other) {
        var parts = List.of(version.split("\\.", -1));
        int count = Math.min(
                parts.size(), (int) Arrays.stream(other.split("\\.", -1)).count());
        return String.join(".", parts.subList(0, count));
    }
}
