package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.Event;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.MessageReader;
import dev.plimsoll.server.notify.message.MessageWriter;
import dev.plimsoll.server.testing.TestApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From events to messages.
final class DispatchTest {

    private Scene scene;

    @BeforeEach
    void start() {
        scene = Scene.ofWebhooks();
        scene.webhook("hook", "http://127.0.0.1:1/");
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private List<JsonObject> messages() {
        return scene.column("select document from delivery where document is not null order by sequence").stream()
                .map(text -> Scene.json(text).object("data"))
                .toList();
    }

    @Test
    void onceForEachSubscriptionInTheirOrder() {
        scene.subscribe("one", "hook", "");
        scene.subscribe("two", "hook", "\"kinds\":[\"vuln_update\"]");
        scene.happens(
                scene.found("r.test/a:1", "CVE-2026-0001", "high"),
                scene.event(
                        EventKind.ANALYSIS_UPDATE,
                        Set.of(),
                        "r.test/b:1",
                        "{\"digest\":\"sha256:b\",\"state\":\"analyzed\",\"packages\":3}"));
        scene.dispatch();
        scene.dispatch();

        assertThat(messages())
                .extracting(message -> message.string("subscription").orElseThrow() + " "
                        + message.string("headline").orElseThrow())
                .containsExactly(
                        "one CVE-2026-0001 (high) in r.test/a:1",
                        "two CVE-2026-0001 (high) in r.test/a:1",
                        "one r.test/b:1 was analysed, 3 packages");
        assertThat(scene.column("select id from event where dispatched_at is null"))
                .isEmpty();
    }

    @Test
    void quietEventsAndOtherAccountsTellNobody() {
        scene.subscribe("one", "hook", "");
        long other = TestApi.account(scene.test.database(), "other");
        var payload = "{\"added\":[%s]}".formatted(Scene.finding("CVE-2026-0001", "high", true, false));
        scene.happens(
                scene.event(scene.account, EventKind.VULN_UPDATE, Set.of(), "r.test/a:1", payload, true),
                scene.event(other, EventKind.VULN_UPDATE, Set.of(), "r.test/b:1", payload, false),
                scene.event(scene.account, EventKind.VULN_UPDATE, Set.of(), "r.test/c:1", payload, false));
        scene.dispatch();

        assertThat(messages())
                .extracting(message -> message.string("group").orElseThrow())
                .containsExactly("r.test/c:1");
        assertThat(scene.column("select id from event where dispatched_at is null"))
                .isEmpty();
    }

    @Test
    void oneMessageForOneVulnerabilityOfAllImagesInTheWindow() {
        scene.subscribe("one", "hook", "\"grouping\":\"cve\",\"window_seconds\":60");
        scene.happens(
                scene.found("r.test/a:1", "CVE-2026-0001", "high"), scene.found("r.test/b:1", "CVE-2026-0001", "low"));
        scene.dispatch();
        scene.clock.pass(Duration.ofSeconds(30));
        scene.happens(
                scene.found("r.test/c:1", "CVE-2026-0001", "high"), scene.found("r.test/c:1", "CVE-2026-0002", "high"));
        scene.dispatch();
        assertThat(messages()).isEmpty();

        scene.clock.pass(Duration.ofSeconds(30));
        scene.dispatch();
        assertThat(messages())
                .extracting(message -> message.string("headline").orElseThrow())
                .containsExactly("CVE-2026-0001 (high) in 3 images");
        assertThat(messages().getFirst().string("link"))
                .contains("https://plimsoll.test/api/v1/vulnerabilities/CVE-2026-0001/images");

        scene.happens(scene.found("r.test/d:1", "CVE-2026-0001", "high"));
        scene.clock.pass(Duration.ofSeconds(60));
        scene.dispatch();
        scene.clock.pass(Duration.ofSeconds(60));
        scene.dispatch();
        assertThat(messages())
                .extracting(message -> message.string("headline").orElseThrow())
                .containsExactly(
                        "CVE-2026-0001 (high) in 3 images",
                        "CVE-2026-0002 (high) in r.test/c:1",
                        "CVE-2026-0001 (high) in r.test/d:1");
        // trackers find the ticket of the group again
        assertThat(messages().getLast().string("group_key"))
                .isEqualTo(messages().getFirst().string("group_key"));
    }

    @Test
    void oneMessageForOneImage() {
        scene.subscribe("one", "hook", "\"grouping\":\"image\"");
        scene.happens(
                scene.found("r.test/a:1", "CVE-2026-0001", "high"),
                scene.found("r.test/b:1", "CVE-2026-0001", "low"),
                scene.found("r.test/a:1", "CVE-2026-0002", "critical"));
        scene.dispatch();

        assertThat(messages())
                .extracting(message -> message.string("headline").orElseThrow())
                .containsExactly(
                        "2 vulnerabilities (up to critical) in r.test/a:1", "CVE-2026-0001 (low) in r.test/b:1");
    }

    @Test
    void aMessageHoldsTheMatchingFindingsAlone() {
        scene.subscribe(
                "one", "hook", "\"filter\":{\"severity\":\"high\",\"fixable\":true,\"repositories\":[\"r.test/*\"]}");
        scene.happens(
                scene.event(
                        EventKind.VULN_UPDATE,
                        Set.of(),
                        "r.test/a:1",
                        "{\"digest\":\"sha256:a\",\"added\":[%s,%s,%s]}"
                                .formatted(
                                        Scene.finding("CVE-2026-0001", "high", true, false),
                                        Scene.finding("CVE-2026-0002", "medium", true, false),
                                        Scene.finding("CVE-2026-0003", "critical", false, false))),
                scene.found("r.test/a:1", "CVE-2026-0004", "low"),
                scene.found("elsewhere.test/a:1", "CVE-2026-0005", "critical"));
        scene.dispatch();

        assertThat(messages()).hasSize(1);
        assertThat(messages().getFirst().objects("items").getFirst().objects("added"))
                .extracting(finding -> finding.string("id").orElseThrow())
                .containsExactly("CVE-2026-0001");
    }

    @Test
    void aSubscriptionThatIsDeletedOrAsleepSendsNothing() {
        scene.subscribe("gone", "hook", "\"window_seconds\":60");
        scene.subscribe("asleep", "hook", "\"active\":false");
        scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
        scene.dispatch();
        assertThat(scene.states()).containsOnlyKeys("gathering");

        assertThat(scene.api.delete("/api/v1/subscriptions/gone").status()).isEqualTo(204);
        assertThat(scene.states()).isEmpty();
    }

    @Test
    void whatCannotBeReadStandsInNobodysWay() {
        scene.subscribe("one", "hook", "");
        scene.subscribe("two", "hook", "");
        scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
        scene.test.database().jdbi().useHandle(handle -> {
            handle.execute("update event set payload = '{', causes = array['TOMORROWS']");
            handle.execute("update subscription set filter = '{\"tomorrows\":1}' where name = 'one'");
        });
        scene.happens(scene.found("r.test/b:1", "CVE-2026-0002", "high"));
        scene.dispatch();

        assertThat(messages())
                .extracting(message -> message.string("headline").orElseThrow())
                .containsExactly("CVE-2026-0002 (high) in r.test/b:1");
        assertThat(scene.column("select id from event where dispatched_at is null"))
                .isEmpty();
    }

    @Test
    void manyEventsAreOneMessageOfBoundedSize() {
        scene.subscribe("one", "hook", "\"grouping\":\"cve\"");
        var events = new ArrayList<Event>();
        for (int i = 0; i < 700; i++) {
            events.add(scene.found("registry.example.test/some/team/application-" + i + ":1.0.0", "CVE-1", "high"));
        }
        scene.happens(events);
        while (scene.notifications.dispatch()) {
            // further
        }
        var documents = scene.column("select document from delivery where document is not null order by sequence");
        assertThat(documents).isNotEmpty();
        int told = 0;
        for (var document : documents) {
            assertThat(document.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(20_000);
            var message = MessageReader.read(document);
            assertThat(message.events()).isEqualTo(message.items().size() + message.more());
            told += message.events();
        }
        assertThat(told).isEqualTo(700);
    }

    @Test
    void messagesKeepToTheirSchemaAndAreReadAsTheyWereWritten() throws Exception {
        scene.subscribe("one", "hook", "");
        scene.happens(
                scene.event(
                        EventKind.VULN_UPDATE,
                        Set.of(Cause.KEV_ADDED, Cause.ADVISORY_CHANGED),
                        "",
                        "{\"digest\":\"sha256:a\",\"added\":[%s],\"changed\":[%s],\"gone\":[%s]}"
                                .formatted(
                                        Scene.finding("CVE-2026-0001", "high", true, true),
                                        Scene.finding("CVE-2026-0002", "medium", false, false),
                                        Scene.finding("CVE-2026-0003", "odd", true, false))),
                scene.event(EventKind.POLICY_EVAL, Set.of(Cause.GRACE_ENDED), "r.test/a:1", """
                        {"digest":"sha256:a","bundle":{"id":"b","version":1,"digest":"sha256:c"},"before":{
                         "decision":"pass","final_action":"go","stops":0,"warns":1},"after":{"decision":"fail",
                         "final_action":"stop","stops":2,"warns":1},"new_results":[{"gate":"vulnerabilities",
                         "trigger":"package","stable_id":"s","action":"stop","message":"m"}],"gone_results":3}"""),
                scene.event(
                        EventKind.TAG_UPDATE,
                        Set.of(),
                        "r.test/a:1",
                        "{\"repository\":\"r.test/a\",\"tag\":\"1\",\"previous_digest\":\"sha256:a\",\"digest\":\"sha256:b\"}"),
                scene.event(
                        EventKind.ANALYSIS_UPDATE,
                        Set.of(),
                        "r.test/a:1",
                        "{\"digest\":\"sha256:b\",\"state\":\"failed\",\"reason\":\"no such layer\"}"));
        scene.dispatch();

        String schema;
        try (var in = Notifications.class.getResourceAsStream("event-1.schema.json")) {
            schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        var documents = scene.column("select document from delivery order by sequence");
        assertThat(documents).hasSize(4);
        for (var document : documents) {
            assertThat(new ValidatorFactory().validate(schema, document).getErrors())
                    .extracting(error -> error.getInstanceLocation() + " " + error.getError())
                    .isEmpty();
            assertThat(MessageWriter.write(MessageReader.read(document))).isEqualTo(document);
        }
        assertThat(new ValidatorFactory()
                        .validate(schema, documents.getFirst().replace("\"severity\":\"high\"", "\"severity\":\"odd\""))
                        .isValid())
                .isFalse();
        assertThat(documents.get(1)).contains("r.test/a:1: PASS → FAIL", "\"bundle\":\"b version 1\"");
    }
}
