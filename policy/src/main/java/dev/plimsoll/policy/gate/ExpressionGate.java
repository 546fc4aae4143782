package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.expression.Condition;
import dev.plimsoll.policy.expression.Element;
import dev.plimsoll.policy.expression.ForEach;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.FrozenId;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.Trigger.ArgumentProblem;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Gate `expression`: conditions that no other gate has, in the Common Expression Language.
final class ExpressionGate implements Gate {

    private static final String TRIGGER = "condition";

    /// In hexadecimal digits: enough of the condition's digest to tell the conditions of a bundle
    /// apart.
    private static final int DIGEST_LENGTH = 12;

    private static final Parameter<ForEach> FOR_EACH = Parameter.of("for_each", ValueTypes.oneOf(ForEach.class))
            .describedAs("What the condition is asked for each of.")
            .like("image")
            .orElse(ForEach.IMAGE);
    private static final Parameter<String> CONDITION = Parameter.of("condition", ValueTypes.TEXT)
            .describedAs("A condition in the Common Expression Language over the facts of docs/expression.md.")
            .like("image.user in ['', 'root', '0'] && image.exposed_ports.size() > 0")
            .mustBeGiven();
    private static final Parameter<String> MESSAGE = Parameter.of("message", ValueTypes.TEXT)
            .describedAs("What a result says; names of facts in braces stand for their values.")
            .like("{image.repository} runs as root and exposes {image.exposed_ports}");
    private static final Parameter<String> KEY = Parameter.of("key", ValueTypes.TEXT)
            .describedAs(
                    "What ids of results begin with, so that they stay when the condition changes; otherwise they are"
                            + " made of the condition.")
            .like("root-service");

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public String description() {
        return "Conditions of your own, in the Common Expression Language.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named(TRIGGER)
                .describedAs(
                        "Fires for the image, or for each package, finding or secret, for which the condition holds.")
                .with(FOR_EACH, CONDITION, MESSAGE, KEY)
                .checkedBy(ExpressionGate::check)
                .needing(arguments -> arguments.get(FOR_EACH) == ForEach.SECRET
                        ? AnalysisRequest.ofSecrets()
                        : AnalysisRequest.nothing())
                .judgedBy(ExpressionGate::judge));
    }

    private static List<ArgumentProblem> check(Arguments arguments) {
        var problems = new ArrayList<ArgumentProblem>();
        var each = arguments.get(FOR_EACH);
        if (compiled(arguments) instanceof Condition.Refused(var reason)) {
            problems.add(new ArgumentProblem(CONDITION, "is no condition: " + reason));
        }
        arguments
                .find(MESSAGE)
                .flatMap(text -> MessageTemplate.problem(text, each))
                .ifPresent(reason -> problems.add(new ArgumentProblem(MESSAGE, reason)));
        return problems;
    }

    private static Condition.Compilation compiled(Arguments arguments) {
        return arguments.made(
                Condition.Compilation.class,
                () -> Condition.compile(arguments.get(CONDITION), arguments.get(FOR_EACH)));
    }

    private static Condition condition(Arguments arguments) {
        return switch (compiled(arguments)) {
            case Condition.Usable(var condition) -> condition;
            case Condition.Refused(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        return switch (arguments.get(FOR_EACH)) {
            case IMAGE -> judge(arguments, List.of(new Asked(Element.of(subject), "", firing -> firing)), List.of());
            case PACKAGE ->
                judge(
                        arguments,
                        subject.inventory().packages().stream()
                                .map(item -> new Asked(
                                        Element.of(subject, item),
                                        item.type().purlType() + "/" + item.name(),
                                        firing -> firing.about(item)))
                                .toList(),
                        subject.gapsOfPackages(_ -> true));
            case FINDING ->
                judge(
                        arguments,
                        subject.matches().findings().stream()
                                .map(finding -> new Asked(
                                        Element.of(subject, finding),
                                        VulnerabilityIds.of(finding).key(),
                                        firing -> firing.about(finding)))
                                .toList(),
                        VulnerabilitiesGate.gaps(subject, _ -> true));
            case SECRET -> judgeSecrets(arguments, subject);
        };
    }

    private static Outcome judgeSecrets(Arguments arguments, Subject subject) {
        var secrets = subject.inventory().contents().secrets();
        return secrets.isEmpty()
                ? Outcome.of(
                        List.of(),
                        List.of(UnknownFacts.notCollected(subject, "nobody looked for secrets", "--secrets")))
                : judge(
                        arguments,
                        secrets.get().stream()
                                .map(secret -> new Asked(
                                        Element.of(subject, secret),
                                        secret.rule() + ":" + secret.path(),
                                        firing -> firing))
                                .toList(),
                        SecretScansGate.gaps(subject));
    }

    /// Something that the condition is asked of.
    ///
    /// @param key by which its result is told from others of the rule; empty for the image
    /// @param about says of a firing what it is about
    private record Asked(Element element, String key, UnaryOperator<Firing> about) {}

    private static Outcome judge(Arguments arguments, List<Asked> all, List<Gap> known) {
        var condition = condition(arguments);
        var gaps = new ArrayList<>(known);
        var firings = new ArrayList<Firing>();
        Map<String, Integer> open = new TreeMap<>();
        for (var asked : all) {
            switch (condition.ask(asked.element())) {
                case Condition.Holds() -> firings.add(firing(arguments, asked));
                case Condition.Fails() -> {}
                case Condition.NobodyKnows(var reasons) ->
                    reasons.forEach(reason -> open.merge(reason, 1, Integer::sum));
                case Condition.OverBound(var reason) -> {
                    gaps.add(new Gap(reason + of(asked), Cause.PATTERN_BOUND));
                    return outcome(firings, gaps, open, all.size());
                }
                case Condition.Broken(var reason) -> {
                    gaps.add(new Gap(reason + of(asked), Cause.FAILURE));
                    return outcome(firings, gaps, open, all.size());
                }
            }
        }
        return outcome(firings, gaps, open, all.size());
    }

    private static String of(Asked asked) {
        return asked.key().isEmpty() ? "" : ", for " + asked.key();
    }

    private static Outcome outcome(List<Firing> firings, List<Gap> gaps, Map<String, Integer> open, int all) {
        open.forEach((reason, count) ->
                gaps.add(Gap.unknown(reason + (all == 1 ? "" : " (asked for " + count + " of " + all + ")"))));
        return Outcome.of(firings, gaps);
    }

    private static Firing firing(Arguments arguments, Asked asked) {
        var message = arguments
                .find(MESSAGE)
                .map(text -> MessageTemplate.filled(text, arguments.get(FOR_EACH), asked.element()))
                .orElseGet(() -> "The condition '" + arguments.get(CONDITION) + "' holds" + of(asked));
        var rule = arguments
                .find(KEY)
                .orElseGet(() -> FrozenId.md5(arguments.get(CONDITION)).substring(0, DIGEST_LENGTH));
        var key = asked.key().isEmpty() ? rule : rule + "+" + asked.key();
        var remedy = asked.element()
                .finding()
                .map(VulnerabilityIds::remedy)
                .orElseGet(() -> Remedy.of("Change the image so that the condition no longer holds" + of(asked)));
        return asked.about().apply(Firing.ours(TRIGGER, key, message, remedy));
    }
}
