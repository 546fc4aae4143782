package dev.plimsoll.server.notify.slack;

import static dev.plimsoll.server.testing.SampleMessages.added;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.outbound.AllowedPlaces;
import dev.plimsoll.server.notify.outbound.GuardedOutbound;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.outbound.Resolver;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.VendorRequest;
import dev.plimsoll.server.testing.MemoryTickets;
import dev.plimsoll.server.testing.SampleMessages;
import dev.plimsoll.server.testing.SlackStandIn;
import dev.plimsoll.server.testing.SlackStandIn.Failure;
import dev.plimsoll.server.testing.TestOutbound;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SlackChannelTest {

    private static final Attempt FIRST = new Attempt(1, SampleMessages.AT, "{}", Optional.empty());
    private static final TestCall TEST =
            new TestCall(new UUID(9, 9), "acme", "<!channel> ann", SampleMessages.AT, Optional.empty());

    private final MemoryTickets threads = new MemoryTickets();
    private final SlackChannel kind = new SlackChannel(TestOutbound.outbound());
    private SlackStandIn slack;

    @BeforeEach
    void start() throws IOException {
        slack = new SlackStandIn();
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void aMessageArrivesByTheWebhook() {
        assertThat(hook().send(added(1, "CVE-2026-0001", "registry.example/app:1"), FIRST))
                .isEqualTo(new Delivered("ok"));
        assertThat(JsonTree.text(slack.posted().getFirst().message())).isEqualTo("""
                {"text":"CVE-2026-0001 (critical) in registry.example/app:1","blocks":[\
                {"type":"header","text":{"type":"plain_text","text":"CVE-2026-0001 (critical) in registry.example/app:1","emoji":false}},\
                {"type":"section","fields":[\
                {"type":"mrkdwn","text":"*What*\\nVulnerabilities changed","verbatim":true},\
                {"type":"mrkdwn","text":"*Image*\\nregistry.example/app:1","verbatim":true},\
                {"type":"mrkdwn","text":"*Severity*\\ncritical","verbatim":true},\
                {"type":"mrkdwn","text":"*Why*\\nadvisory added","verbatim":true},\
                {"type":"mrkdwn","text":"*When*\\n2026-03-01T12:00:00Z","verbatim":true},\
                {"type":"mrkdwn","text":"*Account*\\nacme","verbatim":true},\
                {"type":"mrkdwn","text":"*Subscription*\\ncriticals","verbatim":true}]},\
                {"type":"section","text":{"type":"mrkdwn","text":"*registry.example/app:1*\\n\
                • new: CVE-2026-0001 (critical) in openssl 3.0.1, fixed in 3.0.2","verbatim":true}},\
                {"type":"section","text":{"type":"mrkdwn","text":\
                "<http://plimsoll.example/ui/vulnerabilities/CVE-2026-0001?a=1&amp;b=2|Open in Plimsoll>","verbatim":true}}],\
                "unfurl_links":false,"unfurl_media":false}""");
    }

    @Test
    void anAppPostsAndKeepsWhatSlackCallsIt() {
        var outcome = app().send(added(1, "CVE-2026-0001", "a"), FIRST);
        assertThat(outcome).isEqualTo(new Delivered("ok, ts 1700000000.000100", Optional.of("1700000000.000100")));
        assertThat(slack.posted().getFirst().channel()).isEqualTo(SlackStandIn.CHANNEL);
        assertThat(slack.posted().getFirst().message().object("metadata").object("event_payload"))
                .isEqualTo(
                        JsonTree.object().with("id", new UUID(1, 1).toString()).tree());
    }

    @Test
    void laterMessagesOfAGroupAnswerItsFirst() {
        app().send(added(1, "CVE-2026-0001", "a"), FIRST);
        app().send(added(2, "CVE-2026-0002", "a"), FIRST);
        app().send(added(3, "CVE-2026-0001", "b"), FIRST);
        assertThat(slack.posted())
                .extracting(posted -> posted.message().string("thread_ts"))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("1700000000.000100"));
    }

    @Test
    void aThreadThatIsGoneIsBegunAnew() {
        app().send(added(1, "CVE-2026-0001", "a"), FIRST);
        slack.forgetThreads();
        assertThat(app().send(added(2, "CVE-2026-0001", "b"), FIRST)).isInstanceOf(Delivered.class);
        app().send(added(3, "CVE-2026-0001", "c"), FIRST);
        assertThat(slack.posted())
                .extracting(posted -> posted.message().string("thread_ts"))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("1700000000.000200"));
    }

    @Test
    void threadsCanBeSwitchedOff() {
        var settings = settings("""
                {"channel": "C0TEST", "api_url": "%s", "threads": false}""".formatted(slack.api()), token());
        for (int i = 0; i < 2; i++) {
            kind.open(settings, threads).send(added(i, "CVE-2026-0001", "a"), FIRST);
        }
        assertThat(slack.posted())
                .extracting(posted -> posted.message().string("thread_ts"))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, FINAL",
        "400, invalid_blocks, FINAL",
        "413, too large, FINAL",
        "403, action_prohibited, BROKEN",
        "403, invalid_token, BROKEN",
        "404, channel_not_found, BROKEN",
        "404, no_active_hooks, BROKEN",
        "410, channel_is_archived, BROKEN",
        "302, moved, BROKEN",
        "429, rate_limited, RETRY",
        "500, rollup_error, RETRY",
        "503, <html>busy</html>, RETRY",
        "200, <html>sign in</html>, RETRY",
        "0, closed, RETRY",
    })
    void theWebhooksAnswersAreUnderstood(int status, String body, String expected) {
        slack.failNext(new Failure(status, body, ""));
        var outcome = hook().send(added(1, "CVE-2026-0001", "a"), FIRST);
        assertThat(name(outcome)).as(outcome.toString()).isEqualTo(expected);
        assertThat(outcome.toString()).doesNotContain(SlackStandIn.HOOK);
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"ok\":false,\"error\":\"invalid_auth\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"token_revoked\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"account_inactive\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"is_archived\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"restricted_action\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"some_new_error\"}', BROKEN",
        "200, '{\"ok\":false,\"error\":\"no_text\"}', FINAL",
        "200, '{\"ok\":false,\"error\":\"invalid_blocks\"}', FINAL",
        "200, '{\"ok\":false,\"error\":\"msg_too_long\"}', FINAL",
        "200, '{\"ok\":false,\"error\":\"msg_blocks_too_long\"}', FINAL",
        "200, '{\"ok\":false,\"error\":\"rate_limited\"}', RETRY",
        "200, '{\"ok\":false,\"error\":\"internal_error\"}', RETRY",
        "200, '{\"ok\":false,\"error\":\"fatal_error\"}', RETRY",
        "429, '{\"ok\":false,\"error\":\"ratelimited\"}', RETRY",
        "503, upstream, RETRY",
        "200, <html>sign in</html>, RETRY",
        "200, '{}', RETRY",
        "403, forbidden, BROKEN",
        "301, moved, BROKEN",
        "0, closed, RETRY",
    })
    void theMethodsAnswersAreUnderstood(int status, String body, String expected) {
        slack.failNext(new Failure(status, body, ""));
        var outcome = app().send(added(1, "CVE-2026-0001", "a"), FIRST);
        assertThat(name(outcome)).as(outcome.toString()).isEqualTo(expected);
        assertThat(outcome.toString()).doesNotContain(SlackStandIn.TOKEN);
    }

    @Test
    void slackSaysHowLongToWait() {
        slack.failNext(new Failure(429, "rate_limited", "30"), new Failure(429, "{\"error\":\"ratelimited\"}", "7"));
        assertThat(hook().send(added(1, "CVE-1", "a"), FIRST))
                .isEqualTo(new Retry("Slack answered 429 rate_limited", Optional.of(Duration.ofSeconds(30))));
        assertThat(app().send(added(1, "CVE-1", "a"), FIRST))
                .isEqualTo(new Retry("Slack answered ratelimited", Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void errorsSayWhatToDo() {
        var settings = settings("{\"channel\": \"C0FOREIGN\", \"api_url\": \"" + slack.api() + "/\"}", token());
        assertThat(kind.open(settings, threads).send(added(1, "CVE-1", "a"), FIRST))
                .isEqualTo(new Final("Slack answered not_in_channel (invite the app into the channel)", true));
        var wrong =
                settings("{\"channel\": \"C0TEST\", \"api_url\": \"" + slack.api() + "\"}", "{\"token\": \"xoxb-x\"}");
        assertThat(kind.open(wrong, threads).test(TEST))
                .isEqualTo(new Final("Slack answered invalid_auth (the token is wrong: enter a new one)", true));
        var removed = settings("{}", "{\"webhook_url\": \"" + slack.address() + "/services/T0/B0/other\"}");
        assertThat(kind.open(removed, threads).send(added(1, "CVE-1", "a"), FIRST))
                .isEqualTo(new Final(
                        "Slack answered 404 no_service (the webhook was removed or switched off: make a new one)",
                        true));
    }

    @Test
    void aTestTriesTheRealWay() {
        assertThat(hook().test(TEST)).isEqualTo(new Delivered("ok"));
        assertThat(app().test(TEST)).isEqualTo(new Delivered("ok, as plimsoll in Stand-in"));
        assertThat(slack.posted())
                .extracting(posted -> posted.message().string("text").orElseThrow())
                .containsOnly("A test of Plimsoll: &lt;!channel&gt; ann of the account acme asked whether messages "
                        + "arrive here. They do.");
    }

    @Test
    void aMessageWhoseAnswerIsLostIsTriedAgain() {
        slack.failNext(new Failure(-1, "", ""));
        assertThat(app().send(added(1, "CVE-1", "a"), FIRST)).isInstanceOf(Retry.class);
        assertThat(app().send(added(1, "CVE-1", "a"), FIRST)).isInstanceOf(Delivered.class);
        assertThat(slack.posted()).hasSize(2);
    }

    @Test
    void loopbackIsAskedOnlyWhereItIsAllowed() throws Exception {
        var strict = new SlackChannel(new GuardedOutbound(
                new GuardedSockets(AllowedPlaces.NONE, Resolver.ofSystem(), SSLContext.getDefault()), "x"));
        assertThat(strict.open(hookSettings(), threads).send(added(1, "CVE-1", "a"), FIRST))
                .isInstanceOfSatisfying(Final.class, refused -> {
                    assertThat(refused.destinationBroken()).isTrue();
                    assertThat(refused.reason())
                            .contains("--private-destinations")
                            .doesNotContain(SlackStandIn.HOOK);
                });
    }

    @Test
    void anAddressThatIsNoneIsAnOutcomeAndNoDefect() {
        var settings = settings("{}", "{\"webhook_url\": \"http://127.1/services/secret\"}");
        assertThat(kind.open(settings, threads).send(added(1, "CVE-1", "a"), FIRST))
                .isEqualTo(new Final("the channel's address is none that can be asked: enter it anew", true));
    }

    @Test
    void whatIsLeftOutIsCounted() {
        List<String> images = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            images.add("registry.example/app" + i + ":1");
        }
        assertThat(app().send(added(1, "CVE-1", images.toArray(String[]::new)), FIRST))
                .isInstanceOf(Delivered.class);
        var text = JsonTree.text(slack.posted().getFirst().message());
        int shown = text.split("new: CVE-1", -1).length - 1;
        assertThat(shown).isBetween(20, 40);
        assertThat(text).contains("and " + (200 - shown) + " more images");
    }

    /// The stand-in refuses what Slack would, and any mention.
    @Test
    void anyMessageKeepsToTheLimits() {
        var random = new Random(11);
        for (int i = 0; i < 400; i++) {
            var message = SampleMessages.any(random);
            assertThat(hook().send(message, FIRST)).as("message %d", i).isEqualTo(new Delivered("ok"));
            assertThat(app().send(message, FIRST)).as("message %d", i).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void theStandInRefusesWhatSlackRefuses() throws Exception {
        var outbound = TestOutbound.outbound();
        for (var body : List.of(
                "{\"text\":\"x\",\"blocks\":["
                        + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}},".repeat(50)
                        + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}]}",
                "{\"text\":\"x\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\""
                        + "x".repeat(3001) + "\"}}]}",
                "{\"text\":\"x\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"<!channel>\"}}]}",
                "{\"text\":\"x\",\"blocks\":[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\""
                        + "x".repeat(151) + "\"}}]}",
                "{\"text\":\"x\",",
                "{\"text\":\"\"}",
                "{\"text\":\"x\",\"text\":\"x\"}")) {
            var answer = outbound.send(VendorRequest.to(slack.webhook())
                    .POST(BodyPublishers.ofString(body))
                    .build());
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
        assertThat(slack.posted()).isEmpty();
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertRefused("{}", "{}");
        assertRefused("{}", "{\"token\": \"xoxb-1\"}");
        assertRefused("{\"channel\": \"C0\"}", "{\"token\": \"a b\"}");
        assertRefused("{\"channel\": \"C0\"}", "{\"webhook_url\": \"https://hooks.slack.com/x\"}");
        assertRefused("{\"channel\": \"C0\"}", "{\"webhook_url\": \"https://hooks.slack.com/x\", \"token\": \"x\"}");
        kind.check(settings("{}", "{\"webhook_url\": \"https://hooks.slack.com/x\"}"));
        kind.check(settings("{\"channel\": \"C0\"}", "{\"token\": \"xoxb-1\"}"));
    }

    private void assertRefused(String open, String secrets) {
        assertThatThrownBy(() -> kind.check(settings(open, secrets))).isInstanceOf(SettingException.class);
    }

    private Sender hook() {
        return kind.open(hookSettings(), threads);
    }

    private Settings hookSettings() {
        return settings("{}", "{\"webhook_url\": \"" + slack.webhook() + "\"}");
    }

    private Sender app() {
        return kind.open(settings("{\"channel\": \"C0TEST\", \"api_url\": \"" + slack.api() + "\"}", token()), threads);
    }

    private static String token() {
        return "{\"token\": \"" + SlackStandIn.TOKEN + "\"}";
    }

    private static Settings settings(String open, String secrets) {
        return new Settings(object(open), object(secrets));
    }

    private static JsonObject object(String text) {
        return JsonTree.read(text).orElseThrow();
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Delivered _ -> "DELIVERED";
            case Retry _ -> "RETRY";
            case Final refused -> refused.destinationBroken() ? "BROKEN" : "FINAL";
        };
    }
}
