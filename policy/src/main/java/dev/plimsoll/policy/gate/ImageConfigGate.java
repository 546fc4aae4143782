package dev.plimsoll.policy.gate;

import dev.plimsoll.image.Healthcheck;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.ImageChange.ClosePort;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Gate `image_config`: what the image's configuration and its name say.
final class ImageConfigGate implements Gate {

    private static final Parameter<List<Integer>> ALLOWED_PORTS = Parameter.of("allowed_ports", ValueTypes.NUMBERS)
            .describedAs("Ports below 1024 that are allowed.")
            .like("80,443");
    private static final Parameter<String> LABEL = Parameter.of("name", ValueTypes.TEXT)
            .describedAs("Name of the label that must be there.")
            .like("org.opencontainers.image.source")
            .mustBeGiven();
    private static final Parameter<UserPattern> LABEL_VALUE = Parameter.of("value_pattern", ValueTypes.PATTERN)
            .describedAs("Pattern for the beginning of its value.")
            .like("https://git\\.example/.+");
    private static final Parameter<List<String>> ARCHITECTURES = Parameter.of("allowed", ValueTypes.LIST)
            .describedAs("Architectures that are allowed, alone or with operating system and variant.")
            .like("amd64,linux/arm64/v8")
            .mustBeGiven();

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/[a-zA-Z]+)?");
    private static final int FIRST_OPEN_TO_ALL = 1024;
    private static final AddInstruction A_HEALTHCHECK = new AddInstruction("HEALTHCHECK", "to be written");

    @Override
    public String name() {
        return "image_config";
    }

    @Override
    public String description() {
        return "What the image's configuration and its name say. Anchore has no such gate.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                ConfiguredUserTrigger.declaration(),
                Trigger.named("privileged_ports")
                        .describedAs("Fires for each exposed port below 1024, which only root may open on many hosts.")
                        .with(ALLOWED_PORTS)
                        .judgedBy((arguments, subject) ->
                                withConfiguration(subject, configuration -> judgePorts(arguments, configuration))),
                SecretInConfigurationTrigger.declaration(),
                Trigger.named("required_label")
                        .describedAs("Fires where the image has no such label, or its value is another.")
                        .with(LABEL, LABEL_VALUE)
                        .judgedBy((arguments, subject) ->
                                withConfiguration(subject, configuration -> judgeLabel(arguments, configuration))),
                Trigger.named("healthcheck")
                        .describedAs("Fires where the image has no health check, or switches that of its base off.")
                        .judgedBy((_, subject) -> withConfiguration(subject, ImageConfigGate::judgeHealthcheck)),
                ImageAgeTrigger.declaration(),
                Trigger.named("architecture")
                        .describedAs("Fires where the image is for another architecture.")
                        .with(ARCHITECTURES)
                        .judgedBy(ImageConfigGate::judgeArchitecture),
                TagPatternTrigger.declaration(),
                TransportTrigger.declaration());
    }

    /// Judges by the configuration that there is.
    static Outcome withConfiguration(Subject subject, Function<ImageConfiguration, Outcome> judge) {
        return subject.inventory()
                .image()
                .configuration()
                .map(judge)
                .orElseGet(() -> Outcome.cannotJudge(UnknownFacts.ofConfiguration(subject.inventory())));
    }

    static Outcome fired(String trigger, String key, String message, Remedy remedy) {
        return Outcome.of(List.of(Firing.ours(trigger, key, message, remedy)));
    }

    private static Outcome judgePorts(Arguments arguments, ImageConfiguration configuration) {
        var allowed = arguments.find(ALLOWED_PORTS).orElse(List.of());
        var firings = new ArrayList<Firing>();
        for (var token : configuration.exposedPorts()) {
            var matcher = PORTS.matcher(token);
            if (!matcher.matches()) {
                continue;
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (IntStream.rangeClosed(first, Math.min(last, FIRST_OPEN_TO_ALL - 1))
                    .anyMatch(port -> !allowed.contains(port))) {
                firings.add(Firing.ours(
                        "privileged_ports",
                        token,
                        "The port " + token + " is exposed and lies below " + FIRST_OPEN_TO_ALL,
                        new Remedy("Take", "port " + token, "ports", " out of EXPOSE, and listen on one from 1024 on")
                                .by(new ClosePort(token))));
            }
        }
        return Outcome.of(firings);
    }

    private static Outcome judgeLabel(Arguments arguments, ImageConfiguration configuration) {
        var name = arguments.get(LABEL);
        var value = configuration.labels().get(name);
        var pattern = arguments.find(LABEL_VALUE);
        if (value == null) {
            return fired(
                    "required_label",
                    name,
                    "The image has no label " + name,
                    pattern.map(text -> Remedy.of("Add LABEL " + name + " with a value like " + text))
                            .orElseGet(() -> Remedy.of("Add LABEL " + name)
                                    .by(new AddInstruction("LABEL", name + "=to be written"))));
        }
        if (pattern.isEmpty() || pattern.get().matchesStartOf(value)) {
            return Outcome.quiet();
        }
        return fired(
                "required_label",
                name,
                "The label " + name + " is '" + value + "', which does not match " + pattern.get(),
                Remedy.of("Give the label " + name + " a value like " + pattern.get()));
    }

    private static Outcome judgeHealthcheck(ImageConfiguration configuration) {
        var test = configuration.healthcheck().map(Healthcheck::test).orElse(List.of());
        if (!test.isEmpty() && !test.getFirst().equals("NONE")) {
            return Outcome.quiet();
        }
        return test.isEmpty()
                ? fired(
                        "healthcheck",
                        "missing",
                        "The image has no health check",
                        Remedy.of("Add HEALTHCHECK to the Dockerfile").by(A_HEALTHCHECK))
                : fired(
                        "healthcheck",
                        "disabled",
                        "The image switches the health check off (HEALTHCHECK NONE)",
                        Remedy.of("Replace HEALTHCHECK NONE by one that asks the service")
                                .by(A_HEALTHCHECK));
    }

    private static Outcome judgeArchitecture(Arguments arguments, Subject subject) {
        var platform = subject.inventory().image().platform();
        if (platform.isEmpty() || platform.get().architecture().isEmpty()) {
            return Outcome.cannotJudge("the image's architecture is not known: "
                    + UnknownFacts.whatTells(subject.inventory()) + " does not tell it");
        }
        var allowed = arguments.get(ARCHITECTURES);
        var full = platform.get().toString();
        var withoutVariant = platform.get().os() + "/" + platform.get().architecture();
        return allowed.contains(platform.get().architecture())
                        || allowed.contains(full)
                        || allowed.contains(withoutVariant)
                ? Outcome.quiet()
                : fired(
                        "architecture",
                        full,
                        "The image is for " + full + ", which is not among " + String.join(", ", allowed),
                        Remedy.of("Build the image for "
                                + (allowed.size() == 1 ? allowed.getFirst() : "one of " + String.join(", ", allowed))));
    }
}
