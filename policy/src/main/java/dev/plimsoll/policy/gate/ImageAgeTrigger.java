package dev.plimsoll.policy.gate;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Trigger `age` of the gate `image_config`.
final class ImageAgeTrigger {

    private static final Parameter<Integer> MAX_DAYS = Parameter.of("max_days", ValueTypes.INTEGER)
            .describedAs("Days since the image was created.")
            .like("90")
            .mustBeGiven();

    /// Builds that give the same bytes every time write a date of long ago: the beginning of Unix's time, of zip's
    /// (1980), of Go's (the year 1). Docker's first version is of 2013.
    private static final Instant FIRST_OF_REAL_IMAGES = Instant.parse("1980-01-02T00:00:00Z");

    private ImageAgeTrigger() {}

    static Trigger declaration() {
        return Trigger.named("age")
                .describedAs(
                        "Fires where the image was created more days ago. What a reproducible build writes for a date"
                                + " tells nothing, and cannot be judged.")
                .with(MAX_DAYS)
                .judgedBy((arguments, subject) -> ImageConfigGate.withConfiguration(
                        subject, configuration -> judge(arguments, subject, configuration)));
    }

    private static Outcome judge(Arguments arguments, Subject subject, ImageConfiguration configuration) {
        var text = configuration.created().strip();
        var created = instant(text);
        if (created.isEmpty()) {
            return Outcome.cannotJudge("when the image was created is not known: "
                    + (text.isEmpty() ? "its configuration does not say" : "'" + text + "' is no time"));
        }
        if (created.get().isBefore(FIRST_OF_REAL_IMAGES)) {
            return Outcome.cannotJudge("when the image was created is not known: its configuration says " + text
                    + ", as builds do that give the same bytes every time");
        }
        int days = arguments.get(MAX_DAYS);
        var end = Ages.firstBeyond(created.get(), days);
        return subject.at().isBefore(end)
                ? Outcome.quiet()
                        .until(Optional.of(new NextChange(end, "the image is over " + Ages.days(days) + " old")))
                : ImageConfigGate.fired(
                        "age",
                        "created",
                        "The image was created " + text + ", over " + Ages.days(days) + " ago",
                        Remedy.of("Build the image anew, on its base of today"));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
