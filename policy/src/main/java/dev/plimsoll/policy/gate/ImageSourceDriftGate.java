package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.List;

/// Gate `image_source_drift`: read, so that bundles that have it can be used, and without effect.
///
/// Source: Anchore Enterprise 5, whose version 6 gave the gate up. It held an image against the packages of the source
/// repository that its server had read.
final class ImageSourceDriftGate implements Gate {

    private static final String WHY =
            "it compares with a source repository's packages that only Anchore's server keeps,"
                    + " and Anchore itself gave the gate up; tag_drift compares with the image that the tag had before";

    private static final Parameter<List<String>> TYPES = Parameter.of("package_types", ValueTypes.LIST)
            .describedAs("Types of packages to compare.")
            .like("npm,python");

    @Override
    public String name() {
        return "image_source_drift";
    }

    @Override
    public String description() {
        return "Accepted and without effect: differences between an image and its source repository.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(trigger("package_downgraded"), trigger("package_removed"), trigger("no_related_sources"));
    }

    private static Trigger trigger(String name) {
        return Trigger.named(name)
                .describedAs("Does nothing. A bundle that has it is told so when it is read.")
                .with(TYPES)
                .doingNothing(WHY);
    }
}
