package dev.plimsoll.server.notify.message;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Writes a message as the JSON document that is kept, and that webhooks send as it is:
/// `event-1.schema.json`.
///
/// Source: Standard Webhooks 1.0.0, "Webhook payloads": `type`, `timestamp`, `data`.
public final class MessageWriter {

    private MessageWriter() {}

    public static String write(Message message) {
        return JsonWriter.text(json -> json.object(() -> {
            json.member("type", message.kind().word());
            json.member("timestamp", message.at().toString());
            json.object("data", () -> data(json, message));
        }));
    }

    private static void data(JsonWriter json, Message message) {
        json.member("id", message.id().toString());
        json.member("account", message.account());
        json.member("subscription", message.subscription());
        json.member("grouping", message.grouping().word());
        json.member("group_key", message.groupKey());
        json.member("group", message.group());
        json.member("headline", message.headline());
        causes(json, message.causes());
        json.member("events", message.events());
        json.member("images", message.images());
        json.member("more", message.more());
        message.link().ifPresent(link -> json.member("link", link.toString()));
        json.array("items", () -> message.items().forEach(item -> json.object(() -> item(json, item))));
    }

    private static void item(JsonWriter json, Item item) {
        var subject = item.subject();
        json.member("event", subject.event().toString());
        json.member("at", subject.at().toString());
        json.member("name", subject.name());
        json.member("digest", subject.digest());
        causes(json, subject.causes());
        switch (item) {
            case VulnerabilityUpdate update -> {
                findings(json, "added", update.added());
                findings(json, "changed", update.changed());
                findings(json, "gone", update.gone());
                json.member("more", update.more());
            }
            case PolicyEvaluation evaluation -> {
                json.member("bundle", evaluation.bundle());
                evaluation.before().ifPresent(before -> verdict(json, "before", before));
                verdict(json, "after", evaluation.after());
                json.array("new_results", () -> evaluation.newResults().forEach(result -> result(json, result)));
                json.member("gone_results", evaluation.gone());
                json.member("more", evaluation.more());
            }
            case TagUpdate update -> {
                json.member("repository", update.repository());
                json.member("tag", update.tag());
                update.previousDigest().ifPresent(digest -> json.member("previous_digest", digest));
            }
            case AnalysisUpdate update -> {
                json.member("state", update.state());
                update.reason().ifPresent(reason -> json.member("reason", reason));
                json.member("packages", update.packages());
            }
        }
    }

    private static void causes(JsonWriter json, Set<? extends Enum<?>> causes) {
        json.strings("causes", causes.stream().map(Enum::name).sorted().toList());
    }

    private static void findings(JsonWriter json, String name, List<Finding> findings) {
        json.array(
                name,
                () -> findings.forEach(finding -> json.object(() -> {
                    json.member("id", finding.id());
                    json.member("severity", finding.severity().word());
                    json.member("package", finding.packageName());
                    json.member("version", finding.version());
                    json.member("purl", finding.purl());
                    json.strings("fixed_in", finding.fixedIn());
                    json.member("known_exploited", finding.knownExploited());
                    finding.firstSeen().map(Instant::toString).ifPresent(at -> json.member("first_seen", at));
                })));
    }

    private static void verdict(JsonWriter json, String name, Item.Verdict verdict) {
        json.object(name, () -> {
            json.member("decision", verdict.decision());
            json.member("final_action", verdict.finalAction());
            json.member("stops", verdict.stops());
            json.member("warns", verdict.warns());
        });
    }

    private static void result(JsonWriter json, Item.Result result) {
        json.object(() -> {
            json.member("gate", result.gate());
            json.member("trigger", result.trigger());
            json.member("stable_id", result.stableId());
            json.member("action", result.action());
            json.member("message", result.message());
        });
    }
}
