package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Trigger;
import java.util.List;

/// Gate `always`: fires whatever the image holds.
final class AlwaysGate implements Gate {

    @Override
    public String name() {
        return "always";
    }

    @Override
    public String description() {
        return "Fires whatever the image holds: to test a bundle, or to deny all images of a mapping.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("always")
                .describedAs("Fires once.")
                .judgedBy((_, _) -> Outcome.of(List.of(Firing.of(
                                "always",
                                "The rule fires for every image",
                                "Unconditional trigger match",
                                Remedy.of(
                                        "Take this rule out of the bundle, or the image out of its mapping: the rule fires for every image"))
                        .withId("always", List.of())))));
    }
}
