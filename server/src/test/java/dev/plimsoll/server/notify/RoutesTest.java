package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.testing.TestApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Channels, subscriptions, events and deliveries as the API has them.
final class RoutesTest {

    private Scene scene;

    @BeforeEach
    void start() {
        scene = Scene.ofWebhooks();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private TestApi.Answer patch(String target, String body) {
        return scene.api.ask("PATCH", target, body, Map.of());
    }

    @Test
    void aSecretThatTheServiceMakesIsShownOnce() {
        var added = scene.api.post(
                "/api/v1/channels",
                "{\"name\":\"hook\",\"kind\":\"webhook\",\"settings\":{\"url\":\"https://a.test/\"}}");
        assertThat(added.status()).isEqualTo(201);
        var secret =
                added.json().object("made_secrets").string("signing_secret").orElseThrow();
        assertThat(secret).startsWith("whsec_");
        var shown = scene.api.get("/api/v1/channels/hook");
        assertThat(shown.text()).doesNotContain(secret);
        assertThat(shown.json().strings("secrets")).containsExactly("signing_secret");

        var rotated = scene.api.post("/api/v1/channels/hook/rotate", "").json();
        assertThat(rotated.object("made_secrets").members()).containsOnlyKeys("signing_secret");
        assertThat(rotated.object("made_secrets").string("signing_secret"))
                .isPresent()
                .isNotEqualTo(secret);
    }

    @Test
    void rotationSignsWithBothForADay() throws Exception {
        try (var receiver = Receiver.start(Scene.SECRET, _ -> Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            assertThat(scene.api.post("/api/v1/channels/hook/rotate", "").status())
                    .isEqualTo(200);
            assertThat(scene.api.post("/api/v1/channels/hook/test", "").json().string("outcome"))
                    .contains("delivered");
            assertThat(receiver.requests().getFirst().signatures().split(" ")).hasSize(2);
            assertThat(receiver.requests().getFirst().body()).contains("\"type\":\"test.ping\"");

            scene.clock.pass(Duration.ofHours(24));
            assertThat(scene.api
                            .post("/api/v1/channels/hook/test", "")
                            .json()
                            .string("answer")
                            .orElseThrow())
                    .startsWith("401");
            assertThat(receiver.forged()).isEqualTo(1);
        }
    }

    @Test
    void aTestShowsWhatTheReceiverSays() throws Exception {
        try (var receiver = Receiver.start(Scene.SECRET, _ -> Receiver.status(503))) {
            scene.webhook("hook", receiver.url());
            var tested = scene.api.post("/api/v1/channels/hook/test", "{}").json();
            assertThat(tested.string("outcome")).contains("retried");
            assertThat(tested.string("answer")).contains("503 status 503");
        }
    }

    @Test
    void aChangeKeepsWhatItDoesNotName() throws Exception {
        try (var receiver = Receiver.start(Scene.SECRET, _ -> Receiver.status(200))) {
            scene.webhook("hook", "https://elsewhere.test/");
            var body = "{\"settings\":{\"url\":\"%s\"},\"secrets\":{\"authorization\":\"Bearer t0ken\"}}"
                    .formatted(receiver.url());
            assertThat(patch("/api/v1/channels/hook", body).status()).isEqualTo(200);
            assertThat(scene.api.post("/api/v1/channels/hook/test", "").json().string("outcome"))
                    .contains("delivered");
            assertThat(receiver.requests().getFirst().headers()).containsEntry("authorization", "Bearer t0ken");

            patch("/api/v1/channels/hook", "{\"secrets\":{\"authorization\":null}}");
            scene.api.post("/api/v1/channels/hook/test", "");
            assertThat(receiver.requests().getLast().headers()).containsEntry("authorization", "");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"X","kind":"webhook"}                                              | /name
            {"name":"x","kind":"fax"}                                                  | there are webhook
            {"name":"x","kind":"webhook"}                                              | /settings/url
            {"name":"x","kind":"webhook","settings":{"url":"ftp://a.test/"}}           | /settings/url
            {"name":"x","kind":"webhook","settings":{"url":"https://u:p@a.test/"}}     | /settings/url
            {"name":"x","kind":"webhook","settings":{"url":"https:///nohost"}}         | /settings/url
            {"name":"x","kind":"webhook","settings":{"url":"https://a.test/","x":1}}   | /settings/x
            {"name":"x","kind":"webhook","settings":{"url":"https://a.test/","format":"xml"}}        | anchore-v1
            {"name":"x","kind":"webhook","settings":{"url":"https://a.test/","signing_secret":"s"}}  | among the secrets
            {"name":"x","kind":"webhook","settings":{"url":"https://a.test/"},"secrets":{"signing_secret":"whsec_AA=="}} | 24 to 64
            {"name":"x","kind":"webhook","settings":{"url":"https://a.test/"},"secret":{}}           | nobody knows
            """)
    void aChannelThatCannotWorkIsRefused(String body, String told) {
        var answer = scene.api.post("/api/v1/channels", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(told).doesNotContain("whsec_AA==");
        assertThat(scene.column("select name from channel")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"x","channel":"none"}                               | /channel
            {"name":"x","channel":"hook","kinds":[]}                    | /kinds
            {"name":"x","channel":"hook","kinds":["repo_update"]}       | /kinds
            {"name":"x","channel":"hook","grouping":"day"}              | cve, image or none
            {"name":"x","channel":"hook","window_seconds":90000}        | /window_seconds
            {"name":"x","channel":"hook","window_seconds":0.5}          | /window_seconds
            {"name":"x","channel":"hook","active":1}                    | /active
            {"name":"x","channel":"hook","filter":[]}                   | /filter
            {"name":"x","channel":"hook","filter":{"severity":"bad"}}   | negligible
            {"name":"x","channel":"hook","filter":{"sevrity":"high"}}   | severity
            {"name":"x","channel":"hook","filter":{"causes":["WHY"]}}   | KEV_ADDED
            {"name":"x","channel":"hook","filter":{"repositories":""}}  | list
            {"name":"x","channel":"hook","filter":{"decisions":["NO"]}} | DATA_MISSING
            {"name":"x","channel":"hook","filter":{"fixable":"yes"}}    | true or false
            """)
    void aSubscriptionThatMakesNoSenseIsRefused(String body, String told) {
        scene.webhook("hook", "https://a.test/");
        var answer = scene.api.post("/api/v1/subscriptions", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(told);
    }

    @Test
    void subscriptionsAreChangedByTheirMembers() {
        scene.webhook("hook", "https://a.test/");
        scene.webhook("other", "https://b.test/");
        scene.subscribe("one", "hook", "\"kinds\":[\"vuln_update\"],\"filter\":{\"severity\":\"high\"}");
        var changed = patch("/api/v1/subscriptions/one", "{\"channel\":\"other\",\"window_seconds\":60}")
                .json();
        assertThat(changed.string("channel")).contains("other");
        assertThat(changed.strings("kinds")).containsExactly("vuln_update");
        assertThat(changed.object("filter").string("severity")).contains("high");
        assertThat(changed.number("window_seconds").orElseThrow().intValue()).isEqualTo(60);
        assertThat(scene.api
                        .post("/api/v1/subscriptions", "{\"name\":\"one\",\"channel\":\"hook\"}")
                        .status())
                .isEqualTo(409);
        assertThat(scene.api.post("/api/v1/channels", """
                {"name":"hook","kind":"webhook","settings":{"url":"https://a.test/"}}""").status()).isEqualTo(409);
    }

    @Test
    void anchoresFormTakesOneEventAMessage() {
        assertThat(scene.api.post("/api/v1/channels", """
                {"name":"old","kind":"webhook","settings":{"url":"https://a.test/","format":"anchore-v1"}}""").status()).isEqualTo(201);
        var refused =
                scene.api.post("/api/v1/subscriptions", "{\"name\":\"one\",\"channel\":\"old\",\"grouping\":\"cve\"}");
        assertThat(refused.status()).isEqualTo(409);
        scene.webhook("hook", "https://a.test/");
        scene.subscribe("one", "hook", "\"grouping\":\"cve\"");
        assertThat(patch("/api/v1/channels/hook", "{\"settings\":{\"format\":\"anchore-v1\"}}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void listsArePaged() {
        for (int i = 0; i < 5; i++) {
            scene.webhook("hook" + i, "https://a.test/");
        }
        var first = scene.api.get("/api/v1/channels?limit=3").json();
        assertThat(first.objects("items"))
                .extracting(each -> each.string("name").orElseThrow())
                .containsExactly("hook0", "hook1", "hook2");
        var second = scene.api
                .get("/api/v1/channels?limit=3&cursor=" + first.string("next").orElseThrow())
                .json();
        assertThat(second.objects("items")).hasSize(2);
        assertThat(second.string("next")).isEmpty();

        for (int i = 0; i < 5; i++) {
            scene.happens(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
        }
        scene.subscribe("one", "hook0", "");
        scene.dispatch();
        for (var list : List.of("events", "deliveries")) {
            var page = scene.api.get("/api/v1/" + list + "?limit=3").json();
            assertThat(page.objects("items")).hasSize(3);
            var rest = scene.api
                    .get("/api/v1/" + list + "?limit=3&cursor="
                            + page.string("next").orElseThrow())
                    .json();
            assertThat(rest.objects("items")).hasSize(2).doesNotContainAnyElementsOf(page.objects("items"));
        }
        var events = scene.api
                .get("/api/v1/events?kind=vuln_update&name=r.test/a:3&payload=true")
                .json()
                .objects("items");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().object("payload").objects("added")).hasSize(1);
        var id = events.getFirst().string("id").orElseThrow();
        assertThat(scene.api.get("/api/v1/events/" + id).status()).isEqualTo(200);
    }

    @Test
    void anotherAccountSeesAndChangesNothing() {
        scene.webhook("hook", "https://a.test/");
        scene.subscribe("one", "hook", "");
        var event = scene.found("r.test/a:1", "CVE-2026-0001", "high");
        scene.happens(event);
        scene.dispatch();
        var delivery = scene.column("select cast(id as text) from delivery").getFirst();
        scene.api.as(TestApi.account(scene.test.database(), "other"), Role.ADMIN);

        for (var path :
                List.of("channels/hook", "subscriptions/one", "events/" + event.id(), "deliveries/" + delivery)) {
            assertThat(scene.api.get("/api/v1/" + path).status()).as(path).isEqualTo(404);
        }
        for (var path : List.of("channels", "subscriptions", "events", "deliveries", "deliveries?channel=hook")) {
            assertThat(scene.api.get("/api/v1/" + path).json().array("items"))
                    .as(path)
                    .isEmpty();
        }
        for (var path : List.of(
                "channels/hook/test",
                "channels/hook/rotate",
                "channels/hook/redeliver",
                "deliveries/" + delivery + "/redeliver")) {
            assertThat(scene.api.post("/api/v1/" + path, "").status()).as(path).isEqualTo(404);
        }
        assertThat(patch("/api/v1/channels/hook", "{\"state\":\"paused\"}").status())
                .isEqualTo(404);
        assertThat(patch("/api/v1/subscriptions/one", "{\"active\":false}").status())
                .isEqualTo(404);
        assertThat(scene.api.delete("/api/v1/channels/hook").status()).isEqualTo(404);
        assertThat(scene.api.delete("/api/v1/subscriptions/one").status()).isEqualTo(404);
        assertThat(scene.api
                        .post("/api/v1/subscriptions", "{\"name\":\"mine\",\"channel\":\"hook\"}")
                        .status())
                .isEqualTo(400);
        assertThat(scene.column("select state from channel")).containsExactly("active");
    }

    @Test
    void deletingAChannelDeletesWhatHangsOnIt() {
        scene.webhook("hook", "https://a.test/");
        scene.subscribe("one", "hook", "");
        scene.happens(scene.event(EventKind.TAG_UPDATE, Set.of(), "r.test/a:1", "{\"digest\":\"sha256:a\"}"));
        scene.dispatch();
        assertThat(scene.states()).containsOnlyKeys("queued");
        assertThat(scene.api.delete("/api/v1/channels/hook").status()).isEqualTo(204);
        assertThat(scene.api.get("/api/v1/subscriptions").json().array("items")).isEmpty();
        assertThat(scene.states()).isEmpty();
    }

    @Test
    void aMessageThatGathersCannotBeSentAgain() {
        scene.webhook("hook", "https://a.test/");
        scene.subscribe("one", "hook", "\"window_seconds\":60");
        scene.happens(scene.found("r.test/a:1", "CVE-2026-0001", "high"));
        scene.dispatch();
        var id = scene.column("select cast(id as text) from delivery").getFirst();
        assertThat(scene.api.post("/api/v1/deliveries/" + id + "/redeliver", "").status())
                .isEqualTo(409);
        assertThat(scene.api.get("/api/v1/deliveries/" + id).json().get("message"))
                .isEmpty();
    }

    @Test
    void theSchemaIsServed() {
        assertThat(scene.api.get("/api/v1/schemas/event-1.schema.json").json().string("$id"))
                .contains("https://plimsoll.dev/schema/event-1.schema.json");
    }

    @Test
    void aKeyThatIsNotTheRightOneIsTold() {
        scene.webhook("hook", "https://a.test/");
        scene.test.database().jdbi().useHandle(handle -> handle.execute("update channel set secrets = '\\x01'::bytea"));
        var tested = scene.api.post("/api/v1/channels/hook/test", "").json();
        assertThat(tested.string("outcome")).contains("final");
        assertThat(tested.string("answer").orElseThrow()).contains("enter it anew");
    }
}
