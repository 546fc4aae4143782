package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Judges rules one by one; a rule that breaks never takes the others with it. Collects for one evaluation.
final class RuleJudge {

    private final Subject subject;
    private final AllowlistIndex allowlists;
    private final List<RuleResult> results = new ArrayList<>();
    private final Set<Unjudged> unjudged = new LinkedHashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    RuleJudge(Subject subject, AllowlistIndex allowlists) {
        this.subject = subject;
        this.allowlists = allowlists;
    }

    List<RuleResult> results() {
        return results;
    }

    Set<Unjudged> unjudged() {
        return unjudged;
    }

    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        all.addAll(allowlists.problems());
        return all;
    }

    void judge(RuleSet ruleSet, Rule rule) {
        try {
            switch (rule.trigger().judge().judge(rule.arguments(), subject)) {
                case Outcome.Fired(var firings, var gaps) -> {
                    firings.forEach(firing -> results.add(result(ruleSet, rule, firing)));
                    gaps.forEach(gap -> unjudged(ruleSet, rule, gap));
                }
                case Outcome.Quiet() -> {}
                case Outcome.CannotJudge(var gaps) -> gaps.forEach(gap -> unjudged(ruleSet, rule, gap));
            }
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
                rule.action(),
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

    private RuleResult result(RuleSet ruleSet, Rule rule, Firing firing) {
        var gate = rule.gate().name();
        var triggerId =
                firing.explicitId().orElseGet(() -> md5(gate + rule.trigger().olderName() + firing.frozenMessage()));
        var stableId = gate + ":" + rule.trigger().name() + ":" + firing.key();
        var action = firing.ownAction().orElse(rule.action());
        var ids = new ArrayList<String>();
        ids.add(triggerId);
        ids.add(stableId);
        ids.addAll(firing.otherIds());
        var allowed = allowlists.find(gate, ids);
        return new RuleResult(
                ruleSet.id(),
                rule.id(),
                gate,
                rule.trigger().name(),
                triggerId,
                stableId,
                firing.otherIds(),
                allowed.isPresent() ? Action.GO : action,
                firing.message(),
                firing.frozenMessage(),
                rule.recommendation(),
                firing.remedy(),
                allowed.map(entry -> new RuleResult.Allowlisted(
                        entry.allowlist().id(),
                        entry.allowlist().name(),
                        entry.item().id(),
                        entry.item().description(),
                        action)),
                firing.finding());
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
