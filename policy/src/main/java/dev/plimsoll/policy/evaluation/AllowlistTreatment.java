package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.Allowlisted;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Silences what the mapping's allowlists allow.
final class AllowlistTreatment implements ResultTreatment {

    private final AllowlistIndex index;
    private Optional<NextChange> change = Optional.empty();

    /// @param allowlists in the mapping's order
    AllowlistTreatment(List<Allowlist> allowlists, Instant at) {
        this.index = new AllowlistIndex(allowlists, at);
    }

    @Override
    public RuleResult treat(Rule rule, RuleResult result) {
        var found = index.find(result.gate(), result.ids());
        if (found.isEmpty()) {
            return result;
        }
        var item = found.get().item();
        var list = found.get().allowlist();
        change = NextChange.first(
                change, item.expiresOn().map(at -> new NextChange(at, "the allowlist item " + item.id() + " expires")));
        return result.treated(
                new Allowlisted(list.id(), list.name(), item.id(), item.description(), result.action()), Action.GO);
    }

    @Override
    public Optional<NextChange> change() {
        return change;
    }

    @Override
    public List<Problem> problems() {
        return index.problems();
    }
}
