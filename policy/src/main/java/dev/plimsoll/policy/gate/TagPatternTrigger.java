package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.Trigger.ArgumentProblem;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;

/// Trigger `tag_pattern` of the gate `image_config`.
final class TagPatternTrigger {

    private static final Parameter<UserPattern> DENIED = Parameter.of("denied", ValueTypes.PATTERN)
            .describedAs("The tag must not begin like this.")
            .like("(latest|dev)$");
    private static final Parameter<UserPattern> REQUIRED = Parameter.of("required", ValueTypes.PATTERN)
            .describedAs("The tag must begin like this.")
            .like("v?[0-9]+\\.[0-9]+\\.[0-9]+$");

    private TagPatternTrigger() {}

    static Trigger declaration() {
        return Trigger.named("tag_pattern")
                .describedAs("Fires where the tag that the image is judged by is denied, or is not as required. A name"
                        + " without a tag means `latest`; one with a digest alone has none, and is quiet.")
                .with(DENIED, REQUIRED)
                .checkedBy(arguments -> arguments.gives(DENIED) || arguments.gives(REQUIRED)
                        ? List.of()
                        : List.of(new ArgumentProblem(DENIED, "or 'required' must be given")))
                .judgedBy(TagPatternTrigger::judge);
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        if (subject.name().equals(ImageName.ANY)) {
            return Outcome.cannotJudge("the image has no name, so its tag is not known (--as NAME gives it one)");
        }
        var tag = subject.name().tag();
        if (tag.isEmpty()) {
            return Outcome.quiet();
        }
        var firings = new ArrayList<Firing>();
        arguments
                .find(DENIED)
                .filter(pattern -> pattern.matchesStartOf(tag))
                .ifPresent(pattern -> firings.add(Firing.ours(
                        "tag_pattern",
                        "denied:" + tag,
                        "The tag " + tag + " is denied by " + pattern,
                        Remedy.of("Give the image a tag that does not match " + pattern))));
        arguments
                .find(REQUIRED)
                .filter(pattern -> !pattern.matchesStartOf(tag))
                .ifPresent(pattern -> firings.add(Firing.ours(
                        "tag_pattern",
                        "required:" + tag,
                        "The tag " + tag + " does not match " + pattern,
                        Remedy.of("Give the image a tag like " + pattern))));
        return Outcome.of(firings);
    }
}
