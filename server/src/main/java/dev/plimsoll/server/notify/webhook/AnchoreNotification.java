package dev.plimsoll.server.notify.webhook;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import dev.plimsoll.server.notify.message.Message;
import java.util.List;
import java.util.Locale;

/// A message of one event as Anchore Engine's webhooks send it, for receivers that were written for
/// them.
///
/// Other than there: `last_eval` and `curr_eval` of a policy evaluation hold its outcome, not all of it
/// and the bundle; what Plimsoll does not know (`URL`, `Feed`) is an empty text.
///
/// Source: Anchore Engine 1.1, notifications of its catalog: the record of the queue around
/// `notification_payload`.
final class AnchoreNotification {

    private AnchoreNotification() {}

    static String of(Message message) {
        var item = message.items().getFirst();
        var seconds = message.at().getEpochSecond();
        return JsonWriter.text(json -> json.object(() -> {
            json.member("queueId", message.kind().word());
            json.member("userId", message.account());
            json.member("dataId", message.id().toString());
            json.member("created_at", seconds);
            json.member("last_updated", seconds);
            json.member("record_state_key", "active");
            json.nullMember("record_state_val");
            json.member("tries", 0);
            json.member("max_tries", 1);
            json.object("data", () -> {
                json.member("notification_user", message.account());
                json.member("notification_user_email", "");
                json.member("notification_type", message.kind().word());
                json.object("notification_payload", () -> payload(json, message, item));
            });
        }));
    }

    private static void payload(JsonWriter json, Message message, Item item) {
        var digest = item.subject().digest();
        json.member("notificationId", message.id().toString());
        json.member("userId", message.account());
        json.member("subscription_key", item.subject().title());
        json.member("subscription_type", message.kind().word());
        switch (item) {
            case VulnerabilityUpdate update -> {
                json.object("diff_vulnerability_result", () -> {
                    findings(json, "added", update.added());
                    findings(json, "updated", update.changed());
                    findings(json, "removed", update.gone());
                });
                json.member("imageDigest", digest);
            }
            case PolicyEvaluation evaluation -> {
                evaluation
                        .before()
                        .ifPresentOrElse(
                                before -> verdict(json, "last_eval", digest, before),
                                () -> json.nullMember("last_eval"));
                verdict(json, "curr_eval", digest, evaluation.after());
            }
            case TagUpdate update -> {
                json.strings("last_eval", update.previousDigest().stream().toList());
                json.strings("curr_eval", List.of(digest));
            }
            case AnalysisUpdate update -> {
                analysis(json, "last_eval", digest, "analyzing");
                analysis(json, "curr_eval", digest, update.state().equals("failed") ? "analysis_failed" : "analyzed");
            }
        }
        json.nullMember("annotations");
    }

    private static void verdict(JsonWriter json, String name, String digest, Item.Verdict verdict) {
        json.object(name, () -> {
            json.member("image_digest", digest);
            json.member("status", verdict.decision().equals("PASS") ? "pass" : "fail");
            json.member("final_action", verdict.finalAction().toLowerCase(Locale.ROOT));
        });
    }

    private static void analysis(JsonWriter json, String name, String digest, String status) {
        json.object(name, () -> {
            json.member("imageDigest", digest);
            json.member("analysis_status", status);
            json.nullMember("annotations");
        });
    }

    private static void findings(JsonWriter json, String name, List<Finding> findings) {
        json.array(
                name,
                () -> findings.forEach(finding -> json.object(() -> {
                    var word = finding.severity().word();
                    json.member("CVE_ID", finding.id());
                    json.member("Severity", word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
                    json.member("Vulnerable_Package", finding.packageName() + "-" + finding.version());
                    json.member(
                            "Fix_Available",
                            finding.fixedIn().isEmpty() ? "None" : String.join(", ", finding.fixedIn()));
                    json.member("URL", "");
                    json.member("Package_Name", finding.packageName());
                    json.member("Package_Version", finding.version());
                    json.member("Package_Type", type(finding.purl()));
                    json.member("Feed", "");
                    json.member("Feed_Group", "");
                })));
    }

    private static String type(String purl) {
        var type = purl.startsWith("pkg:") && purl.indexOf('/') > 4 ? purl.substring(4, purl.indexOf('/')) : "";
        return switch (type) {
            case "deb" -> "dpkg";
            case "apk" -> "APKG";
            case "maven" -> "java";
            case "pypi" -> "python";
            case "golang" -> "go";
            default -> type;
        };
    }
}
