package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Inventory;
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
import dev.plimsoll.policy.rule.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Gate `metadata`: what is known of the image itself.
final class MetadataGate implements Gate {

    private static final Parameter<Attribute> ATTRIBUTE = Parameter.of("attribute", ValueTypes.oneOf(Attribute.class))
            .describedAs(
                    "What to look at. `size` is the unpacked size of all layers in bytes, `like_distro` what os-release"
                            + " names as ID_LIKE, separated by commas.")
            .like("size")
            .mustBeGiven();
    private static final Parameter<Check> CHECK = Parameter.of("check", ValueTypes.oneOf(Check.class))
            .describedAs("How to compare. `like` takes a pattern for the beginning, `in` a comma list.")
            .like(">")
            .mustBeGiven();
    private static final Parameter<String> VALUE = Parameter.of("value", ValueTypes.TEXT)
            .describedAs(
                    "What to compare with; for `size` bytes, or a number with kb, mb, gb or tb; for `layer_count` a number.")
            .like("1073741824");

    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public String description() {
        return "Attributes of the image and of its distribution.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("attribute")
                .describedAs("Fires where the attribute compares as asked.")
                .with(ATTRIBUTE, CHECK, VALUE)
                .differingIn(
                        "`distro_version` is ordered number by number, so 9 lies before 10; Anchore orders it as text.",
                        "`value` may be left out for `exists` and `not_exists`.",
                        "`like`, `in` and their opposites work for `size` and `layer_count`; in Anchore they abort the"
                                + " evaluation.")
                .checkedBy(MetadataGate::problems)
                .judgedBy(MetadataGate::judge));
    }

    private static List<Trigger.ArgumentProblem> problems(Arguments arguments) {
        var attribute = arguments.get(ATTRIBUTE);
        var check = arguments.get(CHECK);
        if (check == Check.EXISTS || check == Check.NOT_EXISTS) {
            return List.of();
        }
        var value = arguments.find(VALUE);
        if (value.isEmpty()) {
            return List.of(new Trigger.ArgumentProblem(VALUE, "is needed for the check '" + check.word() + "'"));
        }
        return switch (check) {
            case LIKE, NOT_LIKE ->
                switch (arguments.pattern(value.get())) {
                    case UserPattern.Usable _ -> List.<Trigger.ArgumentProblem>of();
                    case UserPattern.Refused(var reason) ->
                        List.of(new Trigger.ArgumentProblem(VALUE, "cannot be used: " + reason));
                };
            case IN, NOT_IN ->
                ValueTypes.list(value.get(), attribute::cast).isPresent()
                        ? List.<Trigger.ArgumentProblem>of()
                        : List.of(
                                new Trigger.ArgumentProblem(VALUE, "must be a comma list of " + attribute.accepted()));
            case EQUAL, NOT_EQUAL, GREATER, LESS, AT_LEAST, AT_MOST, EXISTS, NOT_EXISTS ->
                attribute.cast(value.get()).isPresent()
                        ? List.<Trigger.ArgumentProblem>of()
                        : List.of(new Trigger.ArgumentProblem(VALUE, "must be " + attribute.accepted()));
        };
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var attribute = arguments.get(ATTRIBUTE);
        var check = arguments.get(CHECK);
        var wanted = arguments.find(VALUE).orElse("");
        if (!attribute.isKnown(subject.inventory())) {
            return Outcome.cannotJudge("the image's " + attribute.word() + " is not known: "
                    + UnknownFacts.whatTells(subject.inventory()) + " does not tell it");
        }
        var have = attribute.of(subject.inventory());
        if (!holds(attribute, check, wanted, have, arguments)) {
            return Outcome.quiet();
        }
        var cast = attribute.cast(wanted).orElse(wanted);
        var shown = have.orElse("None");
        return Outcome.of(List.of(Firing.of(
                attribute.word() + check.word() + wanted,
                "The image's " + attribute.word() + " is " + have.orElse("not known") + ", and the rule fires for '"
                        + check.word() + (wanted.isEmpty() ? "" : " " + wanted) + "'",
                "Attribute check for attribute: '" + attribute.word() + "' check: '" + check.word() + "' check_value: '"
                        + cast + "' matched image value: '" + shown + "'",
                Remedy.of(remedy(attribute.word(), check, wanted)))));
    }

    private static String remedy(String attribute, Check check, String value) {
        var change = "Change the image's " + attribute;
        return switch (check) {
            case EQUAL -> change + " to another than " + value;
            case NOT_EQUAL -> change + " to " + value;
            case GREATER -> "Bring the image's " + attribute + " down to " + value + " or less";
            case LESS -> "Bring the image's " + attribute + " up to " + value + " or more";
            case AT_LEAST -> "Bring the image's " + attribute + " down to less than " + value;
            case AT_MOST -> "Bring the image's " + attribute + " up to more than " + value;
            case EXISTS -> "Use an image that names no " + attribute;
            case NOT_EXISTS -> "Use an image that names its " + attribute;
            case LIKE -> change + " to one that does not match " + value;
            case NOT_LIKE -> change + " to one that matches " + value;
            case IN -> change + " to none of " + value;
            case NOT_IN -> change + " to one of " + value;
        };
    }

    /// A missing value equals nothing, is like nothing, lies in no list and has no order.
    private static boolean holds(
            Attribute attribute, Check check, String wanted, Optional<String> have, Arguments arguments) {
        return switch (check) {
            case EXISTS -> have.isPresent();
            case NOT_EXISTS -> have.isEmpty();
            case EQUAL -> have.equals(attribute.cast(wanted));
            case NOT_EQUAL -> !have.equals(attribute.cast(wanted));
            case GREATER ->
                have.map(value -> attribute.order(value, wanted) > 0).orElse(false);
            case LESS -> have.map(value -> attribute.order(value, wanted) < 0).orElse(false);
            case AT_LEAST ->
                have.map(value -> attribute.order(value, wanted) >= 0).orElse(false);
            case AT_MOST ->
                have.map(value -> attribute.order(value, wanted) <= 0).orElse(false);
            case LIKE ->
                have.map(arguments.checkedPattern(wanted)::matchesStartOf).orElse(false);
            case NOT_LIKE ->
                !have.map(arguments.checkedPattern(wanted)::matchesStartOf).orElse(false);
            case IN -> have.map(isIn(attribute, wanted)::contains).orElse(false);
            case NOT_IN -> !have.map(isIn(attribute, wanted)::contains).orElse(false);
        };
    }

    private static List<String> isIn(Attribute attribute, String list) {
        return ValueTypes.list(list, attribute::cast).orElse(List.of());
    }

    private enum Attribute implements Word {
        SIZE,
        ARCHITECTURE,
        OS_TYPE,
        DISTRO,
        DISTRO_VERSION,
        LIKE_DISTRO,
        LAYER_COUNT;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it can be told. What an image that was looked into does not name is known to be missing there;
        /// what a document leaves out may be there all the same.
        boolean isKnown(Inventory inventory) {
            var image = inventory.image();
            return switch (this) {
                case SIZE -> image.unpackedSize().isPresent();
                case LAYER_COUNT -> image.layersKnown();
                case ARCHITECTURE, OS_TYPE -> image.platform().isPresent();
                case DISTRO, DISTRO_VERSION, LIKE_DISTRO ->
                    inventory.document().isEmpty() || of(inventory).isPresent();
            };
        }

        /// The value; empty where the image has none, or where it {@link #isKnown is not known}.
        Optional<String> of(Inventory inventory) {
            var image = inventory.image();
            var distribution = inventory.distribution();
            return switch (this) {
                case SIZE ->
                    image.unpackedSize().stream().mapToObj(Long::toString).findFirst();
                case ARCHITECTURE -> image.platform().flatMap(platform -> given(platform.architecture()));
                case OS_TYPE -> image.platform().flatMap(platform -> given(platform.os()));
                case DISTRO -> distribution.flatMap(found -> given(found.id()));
                case DISTRO_VERSION -> distribution.flatMap(found -> given(found.versionId()));
                case LIKE_DISTRO -> distribution.flatMap(found -> given(String.join(",", found.like())));
                case LAYER_COUNT ->
                    image.layerCount().stream().mapToObj(Integer::toString).findFirst();
            };
        }

        /// The value in the form that the image's is compared in.
        Optional<String> cast(String value) {
            return switch (this) {
                case SIZE -> ValueTypes.size(value).map(size -> Long.toString(size));
                case LAYER_COUNT -> ValueTypes.integer(value).map(count -> Integer.toString(count));
                case ARCHITECTURE, OS_TYPE, DISTRO, DISTRO_VERSION, LIKE_DISTRO -> Optional.of(value);
            };
        }

        String accepted() {
            return switch (this) {
                case SIZE -> "a number of bytes, or a number with kb, mb, gb or tb";
                case LAYER_COUNT -> "a whole number";
                case ARCHITECTURE, OS_TYPE, DISTRO, DISTRO_VERSION, LIKE_DISTRO -> "a text";
            };
        }

        int order(String have, String wanted) {
            return switch (this) {
                case SIZE, LAYER_COUNT, DISTRO_VERSION ->
                    NumberOrder.compare(have, cast(wanted).orElse(wanted));
                case ARCHITECTURE, OS_TYPE, DISTRO, LIKE_DISTRO -> have.compareTo(wanted);
            };
        }

        private static Optional<String> given(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
    }

    private enum Check implements Word {
        EQUAL("="),
        NOT_EQUAL("!="),
        GREATER(">"),
        LESS("<"),
        AT_LEAST(">="),
        AT_MOST("<="),
        EXISTS("exists"),
        NOT_EXISTS("not_exists"),
        LIKE("like"),
        NOT_LIKE("not_like"),
        IN("in"),
        NOT_IN("not_in");

        private final String word;

        Check(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
