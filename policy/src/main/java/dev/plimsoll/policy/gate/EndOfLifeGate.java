package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.List;
import java.util.Optional;

/// Gate `eol`: software that gets no more fixes, or soon none.
final class EndOfLifeGate implements Gate {

    static final Parameter<Integer> WITHIN = Parameter.of("within_days", ValueTypes.INTEGER)
            .describedAs("Days before the end of life from which it fires; 0 on the day of the end.")
            .like("90")
            .orElse(0);
    static final Parameter<Boolean> EXTENDED = Parameter.of("extended_support", ValueTypes.BOOLEAN)
            .describedAs(
                    "Whether support beyond the end of life counts, by others or for money, such as Debian's LTS or Ubuntu"
                            + " Pro: the organisation has it.")
            .like("true")
            .orElse(false);

    @Override
    public String name() {
        return "eol";
    }

    @Override
    public String description() {
        return "Distributions, runtimes and frameworks that are past their end of life, or near it, by the data of"
                + " endoflife.date in the advisory database.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("distribution")
                        .describedAs(
                                "Fires where the release of the distribution gets no more fixes. A rolling release has no end.")
                        .with(WITHIN, EXTENDED)
                        .judgedBy(EndOfLifeGate::judgeDistribution),
                EndOfLifeOfProducts.runtimes(),
                EndOfLifeOfProducts.frameworks());
    }

    private static Outcome judgeDistribution(Arguments arguments, Subject subject) {
        var distribution = subject.inventory().distribution();
        var release = subject.matches().release();
        if (release.isEmpty()) {
            if (distribution.isPresent()) {
                return Outcome.cannotJudge("the image names no release of its distribution "
                        + distribution.get().id() + ": give --distro");
            }
            return subject.inventory().document().isEmpty()
                    ? Outcome.quiet()
                    : Outcome.cannotJudge("the image's distribution is not known: "
                            + UnknownFacts.whatTells(subject.inventory()) + " does not tell it; give --distro");
        }
        if (release.get().release().equals("rolling") || release.get().release().equals("edge")) {
            return Outcome.quiet();
        }
        var lifecycle = subject.matches().lifecycle();
        if (lifecycle.isEmpty()) {
            return Outcome.of(
                    List.of(),
                    List.of(new Gap(
                            "nobody knows when " + release.get() + " ends: the advisory database has no life cycle of"
                                    + " it (build it with the feed eol)",
                            Cause.ADVISORY_DATA_MISSING)));
        }
        var end = EndOfLife.of(lifecycle.get(), arguments.get(EXTENDED));
        var name = release.get().toString();
        if (!end.isNear(subject.at(), arguments.get(WITHIN))) {
            return Outcome.quiet().until(end.change(name, subject.at(), arguments.get(WITHIN)));
        }
        var firing = Firing.of(
                name,
                "The distribution " + name + " " + end.words(subject.at()),
                "The distribution " + name + " has its end of life at " + end.place(),
                Remedy.of("Build the image on a release of " + release.get().id() + " that still gets fixes"));
        return Outcome.of(List.of(firing)).until(end.change(name, subject.at(), arguments.get(WITHIN)));
    }

    /// For gaps: which releases nobody knows.
    static Optional<Gap> unknown(List<String> releases) {
        return releases.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gap(
                        "nobody knows when these end: " + PackageNames.some(releases)
                                + "; the advisory database has no life cycle of them",
                        Cause.ADVISORY_DATA_MISSING));
    }
}
