package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.pattern.NamePattern;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/// Results that a test expects; what is empty may be anything.
///
/// @param rule its id, or `rule-set/rule`
/// @param action that counts, after allowlists and waivers
/// @param id stable or Anchore's, in which `*` stands for any text
/// @param count exactly so many; empty for one or more
public record ExpectedResult(
        Optional<String> rule,
        Optional<String> gate,
        Optional<String> trigger,
        Optional<Action> action,
        Optional<NamePattern> id,
        OptionalInt count) {

    /// Whether a result is meant, whatever it counts for.
    boolean isAbout(RuleResult result) {
        return rule.stream().allMatch(name -> RuleNames.means(name, result.ruleSetId(), result.ruleId()))
                && gate.stream().allMatch(result.gate()::equalsIgnoreCase)
                && trigger.stream().allMatch(result.trigger()::equalsIgnoreCase)
                && id.stream().allMatch(pattern -> result.ids().stream().anyMatch(pattern::matches));
    }

    boolean means(RuleResult result) {
        return isAbout(result) && action.stream().allMatch(wanted -> wanted == result.action());
    }

    boolean isSatisfiedBy(long found) {
        return count.isPresent() ? found == count.getAsInt() : found > 0;
    }

    /// In a sentence: `STOP of rule fixable-high, gate vulnerabilities`.
    String words() {
        var words = new ArrayList<String>();
        rule.ifPresent(name -> words.add("rule " + name));
        gate.ifPresent(name -> words.add("gate " + name));
        trigger.ifPresent(name -> words.add("trigger " + name));
        id.ifPresent(pattern -> words.add("id " + pattern));
        return action.map(wanted -> wanted.word().toUpperCase(java.util.Locale.ROOT) + " of ")
                        .orElse("")
                + (words.isEmpty() ? "any rule" : String.join(", ", words));
    }
}
