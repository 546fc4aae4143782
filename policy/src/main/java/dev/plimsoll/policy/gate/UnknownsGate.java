package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
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

/// Gate `unknowns`: what could not be read of an image.
final class UnknownsGate implements Gate {

    private static final Parameter<UserPattern> PATH = Parameter.of("path", ValueTypes.PATTERN)
            .describedAs("Only places whose path, which begins with `/`, begins like this.")
            .like("/usr/(lib|share)/.*");
    private static final Parameter<UserPattern> REASON = Parameter.of("reason", ValueTypes.PATTERN)
            .describedAs("Only places with a reason that begins like this.")
            .like(".*over the limit");
    private static final Parameter<Integer> LAYER = Parameter.of("layer", ValueTypes.INTEGER)
            .describedAs("Only places of this layer, counted from 1.")
            .like("2");

    @Override
    public String name() {
        return "unknowns";
    }

    @Override
    public String description() {
        return "Places of the image that could not be read, so that nobody knows what they hold. Anchore has no such gate.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("unread")
                .describedAs(
                        "Fires for each place of which not all is known: a file that could not be read, a program that nothing identifies.")
                .with(PATH, REASON, LAYER)
                .judgedBy(UnknownsGate::judge));
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var budget = new UserPattern.Budget();
        var firings = new ArrayList<Firing>();
        for (var unknown : subject.inventory().unknowns()) {
            try {
                if (isAsked(arguments, unknown, budget)) {
                    firings.add(firing(unknown));
                }
            } catch (PatternBoundException e) {
                return Outcome.of(firings, List.of(Gap.of(e)));
            }
        }
        return Outcome.of(firings);
    }

    private static boolean isAsked(Arguments arguments, Unknown unknown, UserPattern.Budget budget) {
        var layer = arguments.find(LAYER);
        var path = arguments.find(PATH);
        var reason = arguments.find(REASON);
        return (layer.isEmpty() || unknown.layer().orElse(-1) == layer.get() - 1)
                && (path.isEmpty() || path.get().matchesStartOf("/" + unknown.path(), budget))
                && (reason.isEmpty() || reason.get().matchesStartOf(unknown.reason(), budget));
    }

    private static Firing firing(Unknown unknown) {
        var message = unknown.where() + " is not fully known: " + unknown.reason();
        var firing = Firing.ours(
                "unread",
                "/" + unknown.path() + (unknown.place().isEmpty() ? "" : ":" + unknown.place()) + ":"
                        + unknown.reason(),
                message,
                unknown.path().isEmpty()
                        ? Remedy.of("See to what could not be read: " + unknown.reason())
                        : new Remedy("Repair or remove", "/" + unknown.path(), "files of which not all is known", ""));
        return unknown.path().isEmpty() ? firing : firing.at(new Location(unknown.path(), unknown.layer()));
    }
}
