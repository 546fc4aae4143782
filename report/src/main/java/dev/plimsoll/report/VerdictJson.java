package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.BaselineComparison;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.path.PathToPass;
import java.util.Locale;

/// Writes a verdict into a result's JSON.
final class VerdictJson {

    private VerdictJson() {}

    /// @param history since when results are known
    static void write(JsonWriter json, Verdict verdict, PathToPass path, History history) {
        json.object("verdict", () -> {
            json.member("decision", verdict.decision().name().toLowerCase(Locale.ROOT));
            json.member("finalAction", verdict.finalAction().word());
            json.member("reason", verdict.reason());
            json.member("explanation", verdict.explanation());
            json.member("imageName", verdict.imageName());
            json.object(
                    "bundle",
                    () -> json.member("id", verdict.bundle().id())
                            .member("name", verdict.bundle().name())
                            .member("formatVersion", verdict.bundle().formatVersion()));
            verdict.mapping()
                    .ifPresent(mapping -> json.object(
                            "mapping",
                            () -> json.member("id", mapping.id())
                                    .member("name", mapping.name())
                                    .strings("ruleSets", mapping.ruleSetIds())
                                    .strings("allowlists", mapping.allowlistIds())));
            json.array(
                    "results",
                    () -> verdict.results().forEach(found -> json.object(() -> ruleResult(json, found, history))));
            json.array(
                    "unjudged",
                    () -> verdict.unjudged()
                            .forEach(rule -> json.object(() -> json.member("ruleSet", rule.ruleSetId())
                                    .member("rule", rule.ruleId())
                                    .member("gate", rule.gate())
                                    .member("trigger", rule.trigger())
                                    .member("action", rule.action().word())
                                    .member("reason", rule.reason())
                                    .member("dataMissing", rule.dataMissing()))));
            json.array(
                    "problems",
                    () -> verdict.problems()
                            .forEach(problem -> json.object(() -> json.member(
                                            "severity",
                                            problem.severity().name().toLowerCase(Locale.ROOT))
                                    .member("type", problem.type())
                                    .member("details", problem.details()))));
            PathJson.write(json, path);
            verdict.baseline().ifPresent(baseline -> baseline(json, baseline));
            verdict.change()
                    .ifPresent(change -> json.object(
                            "nextChange",
                            () -> json.member("at", change.at().toString()).member("why", change.why())));
            verdict.lease()
                    .ifPresent(lease -> json.object(
                            "lease",
                            () -> json.member("until", lease.until().toString())
                                    .member("then", lease.then().name().toLowerCase(Locale.ROOT))
                                    .member("why", lease.why())));
            json.array(
                    "inputs",
                    () -> verdict.inputs()
                            .forEach(input -> json.object(
                                    () -> json.member("name", input.name()).member("value", input.value()))));
        });
    }

    private static void ruleResult(JsonWriter json, RuleResult found, History history) {
        json.member("ruleSet", found.ruleSetId())
                .member("rule", found.ruleId())
                .member("gate", found.gate())
                .member("trigger", found.trigger())
                .member("action", found.action().word())
                .member("demanded", found.demanded().word())
                .member("firstSeen", history.firstSeen(found).toString())
                .member("id", found.stableId())
                .member("triggerId", found.triggerId())
                .member("message", found.message())
                .member("frozenMessage", found.frozenMessage())
                .member("recommendation", found.recommendation());
        found.allowlisted()
                .ifPresent(item -> json.object(
                        "allowlisted",
                        () -> json.member("list", item.allowlistId())
                                .member("listName", item.allowlistName())
                                .member("item", item.itemId())
                                .member("description", item.description())
                                .member("action", item.before().word())));
        found.newness()
                .ifPresent(newness -> json.object(
                        "newness",
                        () -> json.member("state", newness.state().word())
                                .member("cause", newness.cause().word())));
        found.treatments().forEach(treatment -> treatment(json, treatment));
        found.finding()
                .ifPresent(finding -> json.object(
                        "finding",
                        () -> json.member("id", finding.id())
                                .member("purl", finding.item().purl().toString())));
    }

    /// Allowlisted stands in a member of its own since form 1.0.
    private static void treatment(JsonWriter json, Treatment treatment) {
        switch (treatment) {
            case Treatment.Allowlisted _ -> {}
            case Treatment.KnownBefore(var cause, var before) ->
                json.object(
                        "knownBefore", () -> json.member("cause", cause.word()).member("action", before.word()));
            case Treatment.InGrace(var due, var from, var before) ->
                json.object("grace", () -> {
                    due.ifPresent(instant -> json.member("due", instant.toString()));
                    json.member("from", from).member("overdue", false).member("action", before.word());
                });
            case Treatment.Overdue(var due, var from, var before) ->
                json.object(
                        "grace",
                        () -> json.member("due", due.toString())
                                .member("from", from)
                                .member("overdue", true)
                                .member("action", before.word()));
        }
    }

    private static void baseline(JsonWriter json, BaselineComparison baseline) {
        json.object("baseline", () -> {
            json.array(
                    "new",
                    () -> baseline.added()
                            .forEach(added -> json.object(() -> json.member(
                                            "id", added.finding().id())
                                    .member(
                                            "severity",
                                            added.finding().severity().word())
                                    .member(
                                            "purl",
                                            added.finding().item().purl().toString())
                                    .member("cause", added.cause().word()))));
            json.member("existing", baseline.existing());
            json.array(
                    "gone",
                    () -> baseline.gone()
                            .forEach(gone -> json.object(() -> json.member("id", gone.id())
                                    .member("severity", gone.severity())
                                    .member("purl", gone.purl())
                                    .member("cause", gone.cause().word()))));
        });
    }
}
