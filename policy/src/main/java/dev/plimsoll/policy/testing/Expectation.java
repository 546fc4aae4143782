package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a test expects of a verdict. What is empty is not looked at.
///
/// @param action the final action
/// @param results that must be there
/// @param only whether nothing else may stop or warn
/// @param absent rules no result of which may count
/// @param unjudged exactly the rules that cannot be judged
public record Expectation(
        Optional<Decision> decision,
        Optional<Action> action,
        List<ExpectedResult> results,
        boolean only,
        List<String> absent,
        Optional<List<String>> unjudged) {

    /// Results that a failure shows.
    private static final int SHOWN = 5;

    public Expectation {
        results = List.copyOf(results);
        absent = List.copyOf(absent);
        unjudged = unjudged.map(List::copyOf);
    }

    /// All rules that it names.
    Stream<String> ruleNames() {
        return Stream.of(
                        results.stream().flatMap(result -> result.rule().stream()),
                        absent.stream(),
                        unjudged.stream().flatMap(List::stream))
                .flatMap(names -> names);
    }

    /// What is not as it was expected, a sentence each; none where all is.
    List<String> failures(Verdict verdict) {
        var failures = new ArrayList<String>();
        decision.filter(wanted -> wanted != verdict.decision())
                .ifPresent(wanted -> failures.add("expected the decision " + word(wanted) + ", came "
                        + word(verdict.decision()) + ": " + verdict.explanation()));
        action.filter(wanted -> wanted != verdict.finalAction())
                .ifPresent(wanted ->
                        failures.add("expected the action " + word(wanted) + ", came " + word(verdict.finalAction())));
        results.forEach(expected -> failure(expected, verdict).ifPresent(failures::add));
        for (var rule : absent) {
            var found = verdict.results().stream()
                    .filter(result -> RuleNames.means(rule, result.ruleSetId(), result.ruleId()) && counts(result))
                    .toList();
            if (!found.isEmpty()) {
                failures.add("expected nothing of rule " + rule + ", came " + shown(found));
            }
        }
        if (only) {
            var others = verdict.results().stream()
                    .filter(result -> result.action() != Action.GO
                            && results.stream().noneMatch(expected -> expected.means(result)))
                    .toList();
            if (!others.isEmpty()) {
                failures.add("expected nothing else, came " + shown(others));
            }
        }
        unjudged.flatMap(rules -> unjudgedFailure(rules, verdict.unjudged())).ifPresent(failures::add);
        return failures;
    }

    private static Optional<String> failure(ExpectedResult expected, Verdict verdict) {
        long found = verdict.results().stream().filter(expected::means).count();
        if (expected.isSatisfiedBy(found)) {
            return Optional.empty();
        }
        var about = verdict.results().stream().filter(expected::isAbout).toList();
        var open = verdict.unjudged().stream()
                .filter(rule -> expected.rule().stream()
                        .anyMatch(name -> RuleNames.means(name, rule.ruleSetId(), rule.ruleId())))
                .findFirst();
        return Optional.of("expected "
                + (expected.count().isPresent() ? expected.count().getAsInt() + " × " : "") + expected.words()
                + ", came "
                + (!about.isEmpty()
                        ? (expected.count().isPresent() ? found + ": " : "") + shown(about)
                        : open.map(rule -> "nothing: it cannot be judged, " + rule.reason())
                                .orElse("nothing")));
    }

    private static Optional<String> unjudgedFailure(List<String> rules, List<Unjudged> found) {
        var missing = rules.stream()
                .filter(name ->
                        found.stream().noneMatch(rule -> RuleNames.means(name, rule.ruleSetId(), rule.ruleId())))
                .toList();
        var more = found.stream()
                .filter(rule ->
                        rules.stream().noneMatch(name -> RuleNames.means(name, rule.ruleSetId(), rule.ruleId())))
                .toList();
        if (missing.isEmpty() && more.isEmpty()) {
            return Optional.empty();
        }
        var words = new ArrayList<String>();
        missing.forEach(name -> words.add("expected that rule " + name + " cannot be judged, and it can"));
        more.stream()
                .limit(SHOWN)
                .forEach(rule -> words.add("rule " + rule.ruleId() + " cannot be judged: " + rule.reason()));
        return Optional.of(String.join("; ", words));
    }

    /// What an allowlist or a waiver silenced does not.
    static boolean counts(RuleResult result) {
        return result.action() != Action.GO
                || result.treatments().stream().noneMatch(treatment -> switch (treatment) {
                    case Treatment.Allowlisted _, Treatment.Waived _, Treatment.KnownBefore _, Treatment.InGrace _ ->
                        true;
                    case Treatment.Overdue _ -> false;
                });
    }

    private static String shown(List<RuleResult> results) {
        return results.stream()
                        .limit(SHOWN)
                        .map(result ->
                                word(result.action()) + " of rule " + result.ruleId() + " (" + result.stableId() + ")")
                        .collect(Collectors.joining("; "))
                + (results.size() > SHOWN ? "; and " + (results.size() - SHOWN) + " more" : "");
    }

    private static String word(Action action) {
        return action.name();
    }

    private static String word(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }
}
