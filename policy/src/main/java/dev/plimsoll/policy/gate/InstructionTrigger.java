package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.build.Dockerfile;
import dev.plimsoll.inventory.build.InferredDockerfile;
import dev.plimsoll.inventory.build.Instruction;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.ImageChange.RemoveInstruction;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Trigger `instruction` of the gate `dockerfile`.
final class InstructionTrigger {

    private static final Parameter<Keyword> INSTRUCTION = Parameter.of("instruction", ValueTypes.oneOf(Keyword.class))
            .describedAs("The instruction to look at.")
            .like("HEALTHCHECK")
            .mustBeGiven();
    private static final Parameter<Check> CHECK = Parameter.of("check", ValueTypes.oneOf(Check.class))
            .describedAs(
                    "What must hold of the text behind the instruction. `like` takes a pattern for its beginning, `in` a"
                            + " comma list.")
            .like("not_exists")
            .mustBeGiven();
    private static final Parameter<String> VALUE = Parameter.of("value", ValueTypes.TEXT)
            .describedAs("What to compare the text with.")
            .like("scratch");

    private InstructionTrigger() {}

    static Trigger declaration() {
        return Trigger.named("instruction")
                .describedAs(
                        "Fires for each instruction of the kind whose text passes the check; `not_exists` fires once where"
                                + " there is none.")
                .with(INSTRUCTION, CHECK, VALUE, DockerfileGate.ACTUAL_ONLY)
                .differingIn(
                        "A missing `value` is an error when the bundle is read; Anchore's rule then never fires.",
                        "Lines of a RUN's here-documents are looked at by `=`, `in` and `like` too.")
                .checkedBy(InstructionTrigger::problems)
                .judgedBy((arguments, subject) -> DockerfileGate.passesOver(arguments, subject)
                        ? Outcome.quiet()
                        : DockerfileGate.withDockerfile(subject, dockerfile -> judge(arguments, subject, dockerfile)));
    }

    private static List<Trigger.ArgumentProblem> problems(Arguments arguments) {
        var check = arguments.get(CHECK);
        if (check == Check.EXISTS || check == Check.NOT_EXISTS) {
            return List.of();
        }
        var value = arguments.find(VALUE);
        if (value.isEmpty()) {
            return List.of(new Trigger.ArgumentProblem(VALUE, "is needed for the check '" + check.word() + "'"));
        }
        if (check != Check.LIKE && check != Check.NOT_LIKE) {
            return List.of();
        }
        return switch (arguments.pattern(value.get())) {
            case UserPattern.Usable _ -> List.<Trigger.ArgumentProblem>of();
            case UserPattern.Refused(var reason) ->
                List.of(new Trigger.ArgumentProblem(VALUE, "cannot be used: " + reason));
        };
    }

    private static Outcome judge(Arguments arguments, Subject subject, Dockerfile dockerfile) {
        var keyword = arguments.get(INSTRUCTION).word();
        if (!dockerfile.actual()) {
            if (keyword.equals("FROM")) {
                return Outcome.cannotJudge("an image does not name its base: give its Dockerfile (--dockerfile)");
            }
            var image = subject.inventory().image();
            if (InferredDockerfile.TOLD_BY_HISTORY.contains(keyword)
                    && image.configuration().stream()
                            .allMatch(configuration -> configuration.history().isEmpty())
                    && !image.layers().isEmpty()) {
                return Outcome.cannotJudge("the image has no history that would tell of " + keyword
                        + ": give its Dockerfile (--dockerfile)");
            }
        }
        var found = dockerfile.all(keyword);
        var check = arguments.get(CHECK);
        if (check == Check.NOT_EXISTS) {
            return found.isEmpty()
                    ? Outcome.of(List.of(Firing.of(
                            keyword + " not_exists",
                            "There is no " + keyword + " in the Dockerfile" + origin(dockerfile),
                            "Dockerfile directive '" + keyword + "' not found, matching condition 'not_exists' check",
                            Remedy.of("Add " + keyword + " to the Dockerfile")
                                    .by(new AddInstruction(keyword, "to be written")))))
                    : Outcome.quiet();
        }
        var value = arguments.find(VALUE).orElse("");
        var test = test(check, value, arguments);
        var firings = new ArrayList<Firing>();
        for (var instruction : found) {
            for (var text : texts(instruction, check)) {
                try {
                    if (test.test(text)) {
                        firings.add(fired(keyword, check, value, instruction, text, dockerfile));
                    }
                } catch (PatternBoundException e) {
                    return Outcome.of(firings, List.of(Gap.of(e)));
                }
            }
        }
        return Outcome.of(firings);
    }

    private static Firing fired(
            String keyword, Check check, String value, Instruction instruction, String text, Dockerfile dockerfile) {
        var place = instruction.line() > 0 ? " (line " + instruction.line() + ")" : origin(dockerfile);
        return Firing.of(
                keyword + " " + text,
                keyword + " " + text + ": passes the check '" + check.word() + (value.isEmpty() ? "" : " " + value)
                        + "'" + place,
                "Dockerfile directive '" + keyword + "' check '" + check.word() + "' matched against '" + value
                        + "' for line '" + text + "'",
                new Remedy(
                                check == Check.EXISTS ? "Remove" : "Change",
                                keyword + " " + text,
                                keyword + " instructions",
                                change(check, value))
                        .by(new RemoveInstruction(keyword, instruction.arguments(), instruction.line())));
    }

    private static String change(Check check, String value) {
        return switch (check) {
            case EXISTS, NOT_EXISTS -> "";
            case EQUAL -> " to another than '" + value + "', or remove it";
            case NOT_EQUAL -> " to '" + value + "'";
            case LIKE -> " to what does not match '" + value + "', or remove it";
            case NOT_LIKE -> " to what matches '" + value + "'";
            case IN -> " to none of '" + value + "', or remove it";
            case NOT_IN -> " to one of '" + value + "'";
        };
    }

    private static String origin(Dockerfile dockerfile) {
        return dockerfile.actual() ? "" : " (told from the image)";
    }

    /// A here-document hides commands from whoever reads only the instruction; checks that look for something see it
    /// too.
    private static List<String> texts(Instruction instruction, Check check) {
        boolean looksFor = check == Check.EQUAL || check == Check.IN || check == Check.LIKE;
        if (!looksFor
                || !instruction.keyword().equals("RUN")
                || instruction.content().isEmpty()) {
            return List.of(instruction.arguments());
        }
        var texts = new ArrayList<String>();
        texts.add(instruction.arguments());
        instruction.content().forEach(line -> texts.add(line.strip()));
        return texts;
    }

    private static Predicate<String> test(Check check, String value, Arguments arguments) {
        return switch (check) {
            case EQUAL -> value::equals;
            case NOT_EQUAL -> text -> !text.equals(value);
            case EXISTS -> _ -> true;
            case NOT_EXISTS -> _ -> false;
            case LIKE -> {
                var pattern = arguments.checkedPattern(value);
                var budget = new UserPattern.Budget();
                yield text -> pattern.matchesStartOf(text, budget);
            }
            case NOT_LIKE -> {
                var pattern = arguments.checkedPattern(value);
                var budget = new UserPattern.Budget();
                yield text -> !pattern.matchesStartOf(text, budget);
            }
            case IN -> items(value)::contains;
            case NOT_IN -> {
                var items = items(value);
                yield text -> !items.contains(text);
            }
        };
    }

    private static List<String> items(String list) {
        return List.of(list.split(",", -1)).stream().map(String::strip).toList();
    }

    private enum Keyword implements Word {
        ADD,
        ARG,
        COPY,
        CMD,
        ENTRYPOINT,
        ENV,
        EXPOSE,
        FROM,
        HEALTHCHECK,
        LABEL,
        MAINTAINER,
        ONBUILD,
        USER,
        RUN,
        SHELL,
        STOPSIGNAL,
        VOLUME,
        WORKDIR;

        @Override
        public String word() {
            return name();
        }
    }

    private enum Check implements Word {
        EQUAL("="),
        NOT_EQUAL("!="),
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
