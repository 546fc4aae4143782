package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.Waived;
import dev.plimsoll.policy.Verdict;
import java.time.Instant;
import java.util.Locale;

/// Writes a verdict into a result's JSON.
final class VerdictJson {

    private VerdictJson() {}

    static void write(JsonWriter json, Verdict verdict) {
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
            json.array("results", () -> verdict.results().forEach(found -> json.object(() -> ruleResult(json, found))));
            if (!verdict.waivers().isEmpty()) {
                json.array("waivers", () -> verdict.waivers().forEach(use -> json.object(() -> waiver(json, use))));
            }
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

    private static void ruleResult(JsonWriter json, RuleResult found) {
        json.member("ruleSet", found.ruleSetId())
                .member("rule", found.ruleId())
                .member("gate", found.gate())
                .member("trigger", found.trigger())
                .member("action", found.action().word())
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
        found.waived().ifPresent(waived -> json.object("waived", () -> waived(json, waived)));
        found.finding()
                .ifPresent(finding -> json.object(
                        "finding",
                        () -> json.member("id", finding.id())
                                .member("purl", finding.item().purl().toString())));
    }

    private static void waived(JsonWriter json, Waived waived) {
        json.member("waiver", waived.waiverId()).member("reason", waived.reason());
        if (!waived.justification().isEmpty()) {
            json.member("justification", waived.justification());
        }
        json.member("text", waived.text())
                .member("owner", waived.owner())
                .member("approver", waived.approver())
                .member("ticket", waived.ticket())
                .member("until", waived.until().map(Instant::toString))
                .member("effect", waived.effect())
                .member("action", waived.before().word());
    }

    private static void waiver(JsonWriter json, Verdict.WaiverUse use) {
        json.member("id", use.id())
                .member("state", use.state().name().toLowerCase(Locale.ROOT))
                .member("results", use.results())
                .member("owner", use.owner())
                .member("until", use.until().map(Instant::toString))
                .member("file", use.file())
                .strings("broad", use.broad());
    }
}
