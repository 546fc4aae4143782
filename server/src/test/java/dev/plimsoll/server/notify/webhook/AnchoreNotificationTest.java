package dev.plimsoll.server.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.message.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The form that receivers of Anchore Engine's webhooks know.
final class AnchoreNotificationTest {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
    private static final Subject SUBJECT = new Subject(ID, AT, "r.test/a:1", "sha256:b", Set.of());

    private static JsonObject sent(EventKind kind, Item item) throws Exception {
        var text = AnchoreNotification.of(new Message(
                ID,
                "admin",
                "one",
                kind,
                Grouping.NONE,
                "key",
                "r.test/a:1",
                AT,
                Set.of(),
                1,
                1,
                List.of(item),
                Optional.empty()));
        var whole = (JsonObject) JsonReader.read(text, JsonLimits.AUTHORED);
        assertThat(whole.string("queueId")).contains(kind.word());
        assertThat(whole.string("userId")).contains("admin");
        assertThat(whole.members())
                .containsKeys(
                        "dataId",
                        "created_at",
                        "last_updated",
                        "record_state_key",
                        "record_state_val",
                        "tries",
                        "max_tries");
        var data = whole.object("data");
        assertThat(data.string("notification_type")).contains(kind.word());
        var payload = data.object("notification_payload");
        assertThat(payload.string("subscription_key")).contains("r.test/a:1");
        assertThat(payload.string("subscription_type")).contains(kind.word());
        assertThat(payload.string("notificationId")).contains(ID.toString());
        return payload;
    }

    @Test
    void vulnerabilities() throws Exception {
        var finding = new Finding(
                "CVE-1",
                Severity.HIGH,
                "openssl",
                "3.0.1",
                "pkg:deb/debian/openssl@3.0.1",
                List.of(),
                false,
                Optional.empty());
        var payload = sent(
                EventKind.VULN_UPDATE,
                new Item.VulnerabilityUpdate(SUBJECT, List.of(finding), List.of(), List.of(), 0));
        assertThat(payload.string("imageDigest")).contains("sha256:b");
        var added = payload.object("diff_vulnerability_result").objects("added").getFirst();
        assertThat(added.members().keySet())
                .containsExactly(
                        "CVE_ID",
                        "Severity",
                        "Vulnerable_Package",
                        "Fix_Available",
                        "URL",
                        "Package_Name",
                        "Package_Version",
                        "Package_Type",
                        "Feed",
                        "Feed_Group");
        assertThat(added.string("Severity")).contains("High");
        assertThat(added.string("Fix_Available")).contains("None");
        assertThat(added.string("Package_Type")).contains("dpkg");
    }

    @Test
    void verdicts() throws Exception {
        var payload = sent(
                EventKind.POLICY_EVAL,
                new Item.PolicyEvaluation(
                        SUBJECT,
                        "b",
                        Optional.of(new Item.Verdict("PASS", "GO", 0, 0)),
                        new Item.Verdict("FAIL", "STOP", 1, 0),
                        List.of(),
                        0,
                        0));
        assertThat(payload.object("last_eval").string("status")).contains("pass");
        assertThat(payload.object("curr_eval").string("status")).contains("fail");
        assertThat(payload.object("curr_eval").string("image_digest")).contains("sha256:b");
    }

    @Test
    void tagsAndAnalyses() throws Exception {
        var tag = sent(EventKind.TAG_UPDATE, new Item.TagUpdate(SUBJECT, "r.test/a", "1", Optional.of("sha256:a")));
        assertThat(tag.strings("last_eval")).containsExactly("sha256:a");
        assertThat(tag.strings("curr_eval")).containsExactly("sha256:b");
        var analysis =
                sent(EventKind.ANALYSIS_UPDATE, new Item.AnalysisUpdate(SUBJECT, "analyzed", Optional.empty(), 3));
        assertThat(analysis.object("last_eval").string("analysis_status")).contains("analyzing");
        assertThat(analysis.object("curr_eval").string("analysis_status")).contains("analyzed");
        assertThat(analysis.object("curr_eval").string("imageDigest")).contains("sha256:b");
    }
}
