package dev.plimsoll.server.notify;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What of the events of its kinds a subscription wants to hear; each condition is about some kinds
/// alone:
///
/// - all kinds: the image's name
/// - `vuln_update`: severity, fix, known exploitation, news alone narrow the findings; causes
/// - `policy_eval`: a change of the decision, the decision now, causes
///
/// @param severity at least, empty for any
/// @param fixable findings with a fix alone
/// @param knownExploited findings that attackers use alone
/// @param newOnly neither changed findings nor those that are gone
/// @param repositories one of them must match the name; none: any, images without a name too
/// @param verdictChange the decision became another one; a first one counts where it is not `PASS`
/// @param decisions the decision now is one of them; none: any
/// @param causes one of the event's is one of them; none: any
record Filter(
        Optional<Severity> severity,
        boolean fixable,
        boolean knownExploited,
        boolean newOnly,
        List<NamePattern> repositories,
        boolean verdictChange,
        Set<String> decisions,
        Set<Cause> causes) {

    static final Filter ALL = new Filter(Optional.empty(), false, false, false, List.of(), false, Set.of(), Set.of());

    Filter {
        repositories = List.copyOf(repositories);
        decisions = Collections.unmodifiableSet(new TreeSet<>(decisions));
        causes = Collections.unmodifiableSet(new TreeSet<>(causes));
    }

    /// As much of the event as is wanted, empty where that is nothing.
    Optional<Item> narrow(Item item) {
        var name = item.subject().name();
        if (!repositories.isEmpty() && repositories.stream().noneMatch(pattern -> pattern.matches(name))) {
            return Optional.empty();
        }
        return switch (item) {
            case VulnerabilityUpdate update -> caused(item) ? findings(update) : Optional.empty();
            case PolicyEvaluation evaluation ->
                caused(item) && decided(evaluation) ? Optional.of(evaluation) : Optional.empty();
            case TagUpdate update -> Optional.of(update);
            case AnalysisUpdate update -> Optional.of(update);
        };
    }

    private boolean caused(Item item) {
        return causes.isEmpty() || item.subject().causes().stream().anyMatch(causes::contains);
    }

    private boolean decided(PolicyEvaluation evaluation) {
        var now = evaluation.after().decision();
        if (!decisions.isEmpty() && !decisions.contains(now)) {
            return false;
        }
        return !verdictChange
                || !evaluation
                        .before()
                        .map(Item.Verdict::decision)
                        .orElse("PASS")
                        .equals(now);
    }

    private Optional<Item> findings(VulnerabilityUpdate update) {
        var added = wanted(update.added());
        var changed = newOnly ? List.<Finding>of() : wanted(update.changed());
        var gone = newOnly ? List.<Finding>of() : wanted(update.gone());
        if (added.isEmpty() && changed.isEmpty() && gone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VulnerabilityUpdate(update.subject(), added, changed, gone, update.more()));
    }

    private List<Finding> wanted(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> severity.isEmpty() || finding.severity().compareTo(severity.get()) >= 0)
                .filter(finding -> !fixable || !finding.fixedIn().isEmpty())
                .filter(finding -> !knownExploited || finding.knownExploited())
                .toList();
    }

    /// As the API writes it: the conditions that are set.
    JsonObject json() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        severity.ifPresent(least -> members.put("severity", new JsonString(least.word())));
        flag(members, "fixable", fixable);
        flag(members, "known_exploited", knownExploited);
        flag(members, "new_only", newOnly);
        words(members, "repositories", repositories.stream().map(NamePattern::text));
        flag(members, "verdict_change", verdictChange);
        words(members, "decisions", decisions.stream());
        words(members, "causes", causes.stream().map(Enum::name));
        return new JsonObject(members);
    }

    private static void flag(Map<String, JsonValue> members, String name, boolean value) {
        if (value) {
            members.put(name, new JsonBoolean(true));
        }
    }

    private static void words(Map<String, JsonValue> members, String name, Stream<String> words) {
        var list = words.<JsonValue>map(JsonString::new).toList();
        if (!list.isEmpty()) {
            members.put(name, new JsonArray(list));
        }
    }
}
