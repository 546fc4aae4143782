package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a rule may ask of an image: declared once.
///
/// @param name lower case
/// @param olderName the name in bundles of format 1_0, the same where it never changed; md5 ids are always made of it,
/// so that
///     allowlists with such ids go on matching
/// @param description when it fires
/// @param differences from Anchore's trigger of that name, one sentence each
/// @param check what parameters demand of each other: one problem a sentence, none where all is well
/// @param needs what must be collected, so that a rule with these arguments can be judged
/// @param withoutEffect why no rule of it ever does anything; a bundle is told so when it is read
public record Trigger(
        String name,
        String olderName,
        String description,
        List<Parameter<?>> parameters,
        List<String> differences,
        Function<Arguments, List<ArgumentProblem>> check,
        Function<Arguments, AnalysisRequest> needs,
        Optional<String> withoutEffect,
        Judge judge) {

    public Trigger {
        parameters = List.copyOf(parameters);
        differences = List.copyOf(differences);
    }

    /// Judges by a rule's arguments: pure, without state and clock.
    @FunctionalInterface
    public interface Judge {

        /// @throws dev.plimsoll.policy.pattern.PatternBoundException when a pattern takes too many steps
        Outcome judge(Arguments arguments, Subject subject);
    }

    /// What is wrong with an argument, seen together with the others.
    public record ArgumentProblem(Parameter<?> parameter, String reason) {}

    public static Declaration named(String name) {
        return new Declaration(name);
    }

    /// A trigger while it is being declared.
    public static final class Declaration {

        private final String name;
        private String olderName;
        private String description = "";
        private final List<Parameter<?>> parameters = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private Function<Arguments, List<ArgumentProblem>> check = _ -> List.of();
        private Function<Arguments, AnalysisRequest> needs = _ -> AnalysisRequest.nothing();
        private Optional<String> withoutEffect = Optional.empty();

        private Declaration(String name) {
            this.name = name;
            this.olderName = name;
        }

        /// The name that format 1_0 has for it.
        public Declaration once(String older) {
            this.olderName = older;
            return this;
        }

        public Declaration describedAs(String words) {
            this.description = words;
            return this;
        }

        public Declaration with(Parameter<?>... more) {
            parameters.addAll(List.of(more));
            return this;
        }

        public Declaration with(List<Parameter<?>> more) {
            parameters.addAll(more);
            return this;
        }

        /// Says what is otherwise than in Anchore's trigger.
        public Declaration differingIn(String... sentences) {
            differences.addAll(List.of(sentences));
            return this;
        }

        public Declaration checkedBy(Function<Arguments, List<ArgumentProblem>> between) {
            this.check = between;
            return this;
        }

        /// Says what a rule with such arguments needs beyond what every run collects.
        public Declaration needing(Function<Arguments, AnalysisRequest> request) {
            this.needs = request;
            return this;
        }

        /// A trigger that is read and never fires.
        ///
        /// @param why a clause
        public Trigger doingNothing(String why) {
            this.withoutEffect = Optional.of(why);
            return judgedBy((_, _) -> Outcome.quiet());
        }

        public Trigger judgedBy(Judge judge) {
            return new Trigger(
                    name, olderName, description, parameters, differences, check, needs, withoutEffect, judge);
        }
    }
}
