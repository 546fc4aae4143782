package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.History;
import java.util.Locale;

/// Writes a verdict into a result's JSON.
final class VerdictJson {

    private VerdictJson() {}

    /// @param history since when results are known
    static void write(JsonWriter json, Verdict verdict, History history) {
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
            json.array(
                    "steps",
                    () -> PathToPass.steps(verdict.results())
                            .forEach(step -> json.object(() -> json.member("instruction", step.instruction())
                                    .member("clears", step.clears())
                                    .strings("about", step.about()))));
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
        found.finding()
                .ifPresent(finding -> json.object(
                        "finding",
                        () -> json.member("id", finding.id())
                                .member("purl", finding.item().purl().toString())));
    }
}
