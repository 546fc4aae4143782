package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Judges rules one by one; a rule that breaks never takes the others with it. Collects for one evaluation.
final class RuleJudge {

    private final Subject subject;
    private final List<ResultTreatment> treatments;
    private final List<RuleResult> results = new ArrayList<>();
    private final Set<Unjudged> unjudged = new LinkedHashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private Optional<NextChange> change = Optional.empty();

    /// @param treatments in the order in which results go through them
    RuleJudge(Subject subject, List<ResultTreatment> treatments) {
        this.subject = subject;
        this.treatments = List.copyOf(treatments);
    }

    List<RuleResult> results() {
        return results;
    }

    Set<Unjudged> unjudged() {
        return unjudged;
    }

    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        treatments.forEach(treatment -> all.addAll(treatment.problems()));
        return all;
    }

    /// When time alone changes a rule's answer, or what treats it.
    Optional<NextChange> change() {
        return Stream.concat(change.stream(), treatments.stream().flatMap(treatment -> treatment.change().stream()))
                .min(Comparator.naturalOrder());
    }

    void judge(RuleSet ruleSet, Rule rule) {
        try {
            var outcome = rule.trigger().judge().judge(rule.arguments(), subject);
            outcome.firings().forEach(firing -> results.add(treated(rule, result(ruleSet, rule, firing))));
            outcome.gaps().forEach(gap -> unjudged(ruleSet, rule, gap));
            change = NextChange.first(
                    change, outcome.change().filter(next -> next.at().isAfter(subject.at())));
        } catch (PatternBoundException e) {
            unjudged(ruleSet, rule, Gap.of(e));
        } catch (RuntimeException | StackOverflowError e) {
            unjudged(ruleSet, rule, new Gap(e.toString(), Cause.FAILURE));
        }
    }

    private void unjudged(RuleSet ruleSet, Rule rule, Gap gap) {
        switch (gap.cause()) {
            case FACT_UNKNOWN, ADVISORY_DATA_MISSING -> {}
            case PATTERN_BOUND -> problem("pattern-bound", rule, gap.reason());
            case FAILURE -> problem("rule-failed", rule, gap.reason());
        }
        unjudged.add(new Unjudged(
                ruleSet.id(),
                rule.id(),
                rule.gate().name(),
                rule.trigger().name(),
                gap.cause() == Cause.FAILURE ? rule.failureAction() : rule.unknownAction(),
                gap.reason(),
                gap.cause() == Cause.ADVISORY_DATA_MISSING));
    }

    private void problem(String type, Rule rule, String details) {
        problems.add(new Problem(
                Problem.Severity.ERROR,
                type,
                "rule " + rule.id() + " (" + rule.gate().name() + "/"
                        + rule.trigger().name() + "): " + details));
    }

    private RuleResult treated(Rule rule, RuleResult result) {
        var now = result;
        for (var treatment : treatments) {
            now = treatment.treat(rule, now);
        }
        return now;
    }

    private static RuleResult result(RuleSet ruleSet, Rule rule, Firing firing) {
        var gate = rule.gate().name();
        return new RuleResult(
                ruleSet.id(),
                rule.id(),
                gate,
                rule.trigger().name(),
                firing.explicitId().orElseGet(() -> md5(gate + rule.trigger().olderName() + firing.frozenMessage())),
                gate + ":" + rule.trigger().name() + ":" + firing.key(),
                firing.otherIds(),
                firing.ownAction().orElse(rule.action()),
                firing.message(),
                firing.frozenMessage(),
                rule.recommendation(),
                firing.remedy(),
                firing.finding(),
                firing.item(),
                firing.places(),
                Optional.empty(),
                List.of());
    }

    /// MD5 is what Anchore's ids are made of; nothing is protected by it.
    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
