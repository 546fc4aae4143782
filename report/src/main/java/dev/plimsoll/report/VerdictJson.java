package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.BaselineComparison;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Treatment.Waived;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.AppliedMapping;
import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.Verdict.JudgedBundle;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.path.PathToPass;
import java.time.Instant;
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
            bundle(json, verdict.bundle());
            verdict.mapping().ifPresent(mapping -> mapping(json, mapping));
            if (!verdict.bundles().isEmpty()) {
                json.array("bundles", () -> verdict.bundles().forEach(part -> json.object(() -> part(json, part))));
            }
            json.array(
                    "results",
                    () -> verdict.results().forEach(found -> json.object(() -> ruleResult(json, found, history))));
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

    private static void bundle(JsonWriter json, BundleReference bundle) {
        json.object(
                "bundle",
                () -> json.member("id", bundle.id())
                        .member("name", bundle.name())
                        .member("formatVersion", bundle.formatVersion()));
    }

    private static void mapping(JsonWriter json, AppliedMapping mapping) {
        json.object(
                "mapping",
                () -> json.member("id", mapping.id())
                        .member("name", mapping.name())
                        .strings("ruleSets", mapping.ruleSetIds())
                        .strings("allowlists", mapping.allowlistIds()));
    }

    private static void part(JsonWriter json, JudgedBundle part) {
        bundle(json, part.bundle());
        json.member("decision", part.decision().name().toLowerCase(Locale.ROOT))
                .member("finalAction", part.finalAction().word())
                .member("reason", part.reason())
                .member("explanation", part.explanation());
        part.mapping().ifPresent(mapping -> mapping(json, mapping));
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
            case Treatment.Waived waived -> json.object("waived", () -> waived(json, waived));
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
