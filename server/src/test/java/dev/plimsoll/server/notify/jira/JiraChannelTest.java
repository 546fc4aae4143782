package dev.plimsoll.server.notify.jira;

import static dev.plimsoll.server.testing.SampleMessages.added;
import static dev.plimsoll.server.testing.SampleMessages.gone;
import static dev.plimsoll.server.testing.SampleMessages.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.testing.JiraIssue;
import dev.plimsoll.server.testing.JiraStandIn;
import dev.plimsoll.server.testing.JiraStandIn.Failure;
import dev.plimsoll.server.testing.MemoryTickets;
import dev.plimsoll.server.testing.SampleMessages;
import dev.plimsoll.server.testing.TestOutbound;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JiraChannelTest {

    private static final TestCall TEST =
            new TestCall(new UUID(9, 9), "acme", "ann", SampleMessages.AT, Optional.empty());
    private static final String GROUP = "vuln_update cve CVE-1";

    private final MemoryTickets tickets = new MemoryTickets();
    private final JiraChannel kind = new JiraChannel(TestOutbound.outbound());
    private final List<JiraStandIn> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(JiraStandIn::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstMessageOfAGroupMakesATicketAndLaterOnesComment(boolean cloud) throws Exception {
        var jira = start(cloud);
        assertThat(send(jira, added(1, "CVE-1", "a"))).isEqualTo(new Delivered("SEC-1 was made", Optional.of("10001")));
        assertThat(send(jira, added(2, "CVE-1", "b"))).isEqualTo(new Delivered("SEC-1 was told", Optional.of("10001")));
        send(jira, added(3, "CVE-2", "a"));
        assertThat(jira.issues()).extracting(JiraIssue::key).containsExactly("SEC-1", "SEC-2");
        assertThat(jira.issues()).extracting(issue -> issue.comments().size()).containsExactly(1, 0);
        assertThat(jira.issues().getFirst().fields().string("summary")).contains("CVE-1 (critical) in a");
        assertThat(jira.issues().getFirst().fields().strings("labels"))
                .containsExactly("plimsoll-" + Matters.hash("acme", GROUP), "security");
        assertThat(tickets.find(GROUP).flatMap(TicketStore.Ticket::id)).contains("10001");
    }

    @Test
    void theCloudIsGivenDocumentsAndADataCenterMarkup() throws Exception {
        var cloud = start(true);
        send(cloud, added(1, "CVE-1", "a"));
        assertThat(JsonTree.text(
                        cloud.issues().getFirst().fields().get("description").orElseThrow()))
                .startsWith("{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\"")
                .contains("{\"type\":\"text\",\"text\":\"new: CVE-1 (critical) in openssl 3.0.1, fixed in 3.0.2\"}")
                .contains(
                        "{\"type\":\"link\",\"attrs\":{\"href\":\"http://plimsoll.example/ui/vulnerabilities/CVE-1?a=1&b=2\"}}");
        var dataCenter = start(false);
        sender(dataCenter, new MemoryTickets()).send(added(1, "CVE-1", "a"), first());
        assertThat(dataCenter.issues().getFirst().fields().string("description").orElseThrow())
                .isEqualTo("""
                        {noformat}
                        CVE-1 (critical) in a
                        What: Vulnerabilities changed
                        Image: a
                        Severity: critical
                        Why: advisory added
                        When: 2026-03-01T12:00:00Z
                        Account: acme
                        Subscription: criticals

                        a
                        - new: CVE-1 (critical) in openssl 3.0.1, fixed in 3.0.2
                        {noformat}
                        [Open in Plimsoll|http://plimsoll.example/ui/vulnerabilities/CVE-1?a=1&b=2]
                        Plimsoll message 00000000-0000-0001-0000-000000000001""");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTicketIsClosedWhenNothingIsLeftAndOpenedAgainWhenItComesBack(boolean cloud) throws Exception {
        var jira = start(cloud);
        send(jira, added(1, "CVE-1", "a", "b"));
        send(jira, added(2, "CVE-1", "c"));
        assertThat(send(jira, gone(3, "CVE-1", "a", "c"))).isEqualTo(told("SEC-1 was told"));
        var issue = jira.issues().getFirst();
        assertThat(issue.category()).isEqualTo("new");
        assertThat(send(jira, gone(4, "CVE-1", "b"))).isEqualTo(told("SEC-1 was told and closed"));
        assertThat(issue.category()).isEqualTo("done");
        assertThat(tickets.find(GROUP).map(TicketStore.Ticket::state)).contains(TicketStore.State.DONE);
        assertThat(send(jira, added(5, "CVE-1", "b"))).isEqualTo(told("SEC-1 was told and opened again"));
        assertThat(issue.category()).isEqualTo("new");
        assertThat(jira.issues()).hasSize(1);
        assertThat(tickets.find(GROUP).map(TicketStore.Ticket::state)).contains(TicketStore.State.OPEN);
    }

    @Test
    void aVerdictIsAMatterTooUntilItPasses() throws Exception {
        var jira = start(true);
        assertThat(send(jira, verdict(1, "app:1", "FAIL", "PASS")))
                .isEqualTo(new Delivered("nothing is left to do, and there is no ticket"));
        assertThat(jira.issues()).isEmpty();
        send(jira, verdict(2, "app:1", "PASS", "FAIL"));
        assertThat(send(jira, verdict(3, "app:1", "FAIL", "PASS"))).isEqualTo(told("SEC-1 was told and closed"));
    }

    @Test
    void aWorkflowWithoutTheStepIsSaidAndIsNoFailure() throws Exception {
        var jira = start(true);
        var sender = sender(
                jira, tickets, "\"issue_type\": \"Bug\", \"fields\": {\"customfield_10031\": {\"value\": \"Blue\"}}");
        sender.send(added(1, "CVE-1", "a"), first());
        assertThat(sender.send(gone(2, "CVE-1", "a"), first()))
                .isEqualTo(told("SEC-1 was told, cannot be closed: its workflow has no such step"));
        jira.issues().getFirst().moveTo("done");
        assertThat(sender.send(added(3, "CVE-1", "a"), first()))
                .isEqualTo(told("SEC-1 was told, cannot be opened again: its workflow has no such step"));
        assertThat(jira.issues().getFirst().comments()).hasSize(2);
    }

    @Test
    void aStepThatWantsMoreIsSaidAndIsNoFailure() throws Exception {
        var jira = start(true);
        send(jira, added(1, "CVE-1", "a"));
        jira.failNext(Failure.of(
                "POST /issue/10001/transitions", 400, "{\"errors\": {\"resolution\": \"Resolution is required.\"}}"));
        assertThat(send(jira, gone(2, "CVE-1", "a")))
                .isEqualTo(
                        told("SEC-1 was told, cannot be closed: Jira answered 400: resolution: Resolution is required. "
                                + "(give it in the channel's setting fields)"));
    }

    @Test
    void transitionsCanBeSwitchedOff() throws Exception {
        var jira = start(true);
        var sender = sender(jira, tickets, "\"transitions\": false");
        sender.send(added(1, "CVE-1", "a"), first());
        assertThat(sender.send(gone(2, "CVE-1", "a"), first())).isEqualTo(told("SEC-1 was told"));
        assertThat(jira.issues().getFirst().category()).isEqualTo("new");
    }

    @Test
    void aTicketThatIsNotListedWholeIsNeverClosedByItself() throws Exception {
        var jira = start(true);
        var message = added(1, "CVE-1", "a");
        send(
                jira,
                new Message(
                        message.id(),
                        message.account(),
                        message.subscription(),
                        message.kind(),
                        message.grouping(),
                        message.groupKey(),
                        message.group(),
                        message.at(),
                        message.causes(),
                        9,
                        9,
                        message.items(),
                        message.link()));
        send(jira, gone(2, "CVE-1", "a"));
        assertThat(jira.issues().getFirst().category()).isEqualTo("new");
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void aTicketWhoseMakingHadNoAnswerIsFoundAgain(boolean cloud, int unseen) throws Exception {
        var jira = start(cloud);
        jira.lagBy(unseen);
        jira.failNext(Failure.lost("POST /issue"));
        var message = added(1, "CVE-1", "a");
        var outcome = send(jira, message);
        assertThat(outcome).isInstanceOf(Retry.class);
        int attempt = 1;
        Optional<String> state = Optional.empty();
        while (outcome instanceof Retry retry) {
            state = retry.state().or(List.of(state)::getFirst);
            outcome = sender(jira, tickets).send(message, new Attempt(++attempt, SampleMessages.AT, "{}", state));
        }
        assertThat(outcome).isEqualTo(told("SEC-1 was told"));
        assertThat(jira.issues()).hasSize(1);
        assertThat(jira.issues().getFirst().comments()).isEmpty();
        assertThat(tickets.find(GROUP).flatMap(TicketStore.Ticket::key)).contains("SEC-1");
    }

    @Test
    void whereNoneIsFoundTwiceAnotherOneIsMadeAfterAWhile() throws Exception {
        var jira = start(true);
        jira.failNext(new Failure("POST /issue", false, 0, Map.of(), ""));
        var message = added(1, "CVE-1", "a");
        assertThat(send(jira, message)).isInstanceOf(Retry.class);
        assertThat(sender(jira, tickets).send(message, attempt(2, Optional.empty())))
                .isEqualTo(new Retry(
                        "no answer tells whether a ticket was made: it is searched for once more before another one is "
                                + "made",
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of("searched")));
        assertThat(jira.issues()).isEmpty();
        assertThat(sender(jira, tickets).send(message, attempt(3, Optional.of("searched"))))
                .isEqualTo(new Delivered("SEC-1 was made", Optional.of("10001")));
    }

    @Test
    void aServiceThatForgotItsTicketsFindsThemByTheirLabel() throws Exception {
        var jira = start(true);
        send(jira, added(1, "CVE-1", "a"));
        assertThat(sender(jira, new MemoryTickets()).send(added(2, "CVE-1", "b"), first()))
                .isEqualTo(told("SEC-1 was told"));
        assertThat(jira.issues()).hasSize(1);
    }

    @Test
    void aTicketThatWasDeletedIsMadeAnew() throws Exception {
        var jira = start(true);
        send(jira, added(1, "CVE-1", "a"));
        jira.delete(jira.issues().getFirst());
        send(jira, added(2, "CVE-2", "a"));
        assertThat(send(jira, gone(3, "CVE-1", "a")))
                .isEqualTo(new Delivered("nothing is left to do, and there is no ticket"));
        assertThat(send(jira, added(4, "CVE-1", "a"))).isInstanceOf(Delivered.class);
        assertThat(jira.issues()).hasSize(2);
    }

    @Test
    void aRefusalThatIsCertainNeedsNoSearches() throws Exception {
        var jira = start(true);
        jira.failNext(Failure.of("POST /issue", 429, "{}"));
        assertThat(send(jira, added(1, "CVE-1", "a"))).isInstanceOf(Retry.class);
        assertThat(sender(jira, tickets).send(added(1, "CVE-1", "a"), attempt(2, Optional.empty())))
                .isEqualTo(new Delivered("SEC-1 was made", Optional.of("10001")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /issue/10001/comment",
                "PUT /issue/10001/properties/plimsoll",
                "POST /issue/10001/transitions"
            })
    void anAnswerThatIsLostOnTheWayTellsNothingTwice(String request) throws Exception {
        var jira = start(true);
        send(jira, added(1, "CVE-1", "a"));
        jira.failNext(Failure.lost(request));
        var message = gone(2, "CVE-1", "a");
        var outcome = send(jira, message);
        assertThat(outcome).isInstanceOf(Retry.class);
        var again = sender(jira, tickets).send(message, attempt(2, ((Retry) outcome).state()));
        assertThat(again).isInstanceOf(Delivered.class);
        assertThat(jira.issues().getFirst().comments()).hasSize(1);
        assertThat(jira.issues().getFirst().category()).isEqualTo("done");
    }

    @Test
    void aMessageThatComesAgainIsNotToldAgain() throws Exception {
        var jira = start(true);
        send(jira, added(1, "CVE-1", "a"));
        send(jira, gone(2, "CVE-1", "a"));
        send(jira, gone(2, "CVE-1", "a"));
        assertThat(jira.issues().getFirst().comments()).hasSize(1);
        assertThat(jira.issues().getFirst().category()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"errorMessages\":[\"no\"]} | BROKEN",
                "403 | {\"errorMessages\":[\"no\"]} | BROKEN",
                "404 | {\"errorMessages\":[\"no\"]} | BROKEN",
                "400 | {\"errorMessages\":[],\"errors\":{\"description\":\"too long\"}} | FINAL",
                "400 | {\"errorMessages\":[],\"errors\":{\"customfield_1\":\"x is required.\"}} | BROKEN",
                "413 | {} | FINAL",
                "429 | {} | RETRY",
                "500 | {} | RETRY",
                "503 | <html>maintenance</html> | RETRY",
                "302 | moved | BROKEN",
                "403 | <html>log in</html> | BROKEN",
                "200 | <!DOCTYPE html><html>log in</html> | BROKEN",
                "201 | {} | RETRY",
                "201 | not json | RETRY",
                "0 | x | RETRY",
            })
    void refusalsAreUnderstood(int status, String body, String expected) throws Exception {
        var jira = start(true);
        jira.failNext(Failure.of("POST /issue", status, body));
        var outcome = send(jira, added(1, "CVE-1", "a"));
        assertThat(name(outcome)).as(outcome.toString()).isEqualTo(expected);
        assertThat(outcome.toString()).doesNotContain(JiraStandIn.TOKEN);
    }

    @Test
    void bothPartsOfAnErrorAreShown() throws Exception {
        var jira = start(true);
        jira.failNext(Failure.of(
                "POST /issue", 400, "{\"errorMessages\": [\"Wrong.\"], \"errors\": {\"priority\": \"Unknown.\"}}"));
        assertThat(send(jira, added(1, "CVE-1", "a")))
                .isEqualTo(new Final(
                        "Jira answered 400: Wrong.; priority: Unknown. (give it in the channel's setting fields)",
                        true));
    }

    @Test
    void aFieldThatTheProjectWantsIsNamed() throws Exception {
        var jira = start(true);
        assertThat(sender(jira, tickets, "\"issue_type\": \"10004\"").send(added(1, "CVE-1", "a"), first()))
                .isEqualTo(new Final(
                        "Jira answered 400: customfield_10031: Team is required. (give it in the channel's setting fields)",
                        true));
        assertThat(sender(jira, tickets, "\"issue_type\": \"Bug\"").test(TEST))
                .isEqualTo(new Final(
                        "the project SEC wants more for a ticket: give customfield_10031 (Team) in the channel's setting "
                                + "fields",
                        true));
    }

    @Test
    void jiraSaysHowLongToWait() throws Exception {
        var jira = start(true);
        jira.failNext(new Failure("POST /issue", false, 429, Map.of("Retry-After", "12"), "{}"));
        assertThat(send(jira, added(1, "CVE-1", "a")))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofSeconds(12)));
        jira.failNext(new Failure("POST /issue", false, 429, Map.of("X-RateLimit-Reset", "2026-03-01T12:05Z"), "{}"));
        assertThat(send(jira, added(1, "CVE-1", "a")))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofMinutes(5)));
    }

    @Test
    void theCaptchaIsExplained() throws Exception {
        var jira = start(false);
        jira.failNext(new Failure(
                "GET /myself",
                false,
                403,
                Map.of("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira/login.jsp"),
                "<html>Forbidden</html>"));
        assertThat(sender(jira, tickets).test(TEST))
                .isInstanceOfSatisfying(
                        Final.class, said -> assertThat(said.reason()).contains("solve its CAPTCHA"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTestMakesNoTicket(boolean cloud) throws Exception {
        var jira = start(cloud);
        assertThat(sender(jira, tickets).test(TEST))
                .isEqualTo(new Delivered(
                        (cloud ? "Ann" : "ann") + " may make tickets of the type Task in SEC; none was made"));
        assertThat(sender(jira, tickets, "\"issue_type\": \"Epic\"").test(TEST))
                .isEqualTo(new Final("the project SEC has no type Epic for this user, but Task, Bug", true));
        assertThat(jira.issues()).isEmpty();
    }

    @Test
    void wrongCredentialsAreSaid() throws Exception {
        var jira = start(true);
        var settings = new Settings(
                JsonTree.read("{\"url\": \"%s\", \"deployment\": \"cloud\", \"user\": \"x\", \"project\": \"SEC\"}"
                                .formatted(jira.address()))
                        .orElseThrow(),
                JsonTree.object().with("token", "wrong-token").tree());
        assertThat(kind.open(settings, tickets).test(TEST))
                .isEqualTo(new Final(
                        "Jira answered 401: Client must be authenticated to access this resource. (the user or the token "
                                + "is wrong: enter new ones)",
                        true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyMessageKeepsToTheLimits(boolean cloud) throws Exception {
        var jira = start(cloud);
        var random = new Random(13);
        for (int i = 0; i < 250; i++) {
            var message = SampleMessages.any(random);
            var sender = sender(jira, new MemoryTickets());
            assertThat(sender.send(message, first())).as("message %d", i).isInstanceOf(Delivered.class);
            var next = new Message(
                    new UUID(5, i),
                    message.account(),
                    message.subscription(),
                    message.kind(),
                    message.grouping(),
                    message.groupKey(),
                    message.group(),
                    message.at(),
                    message.causes(),
                    message.events(),
                    message.images(),
                    message.items(),
                    message.link());
            assertThat(sender.send(next, first())).as("message %d", i).isInstanceOf(Delivered.class);
        }
        assertThat(jira.issues().size()).isGreaterThan(50);
    }

    @Test
    void theCloudsOldSearchIsGone() throws Exception {
        var jira = start(true);
        var client = new JiraClient(TestOutbound.outbound(), JiraSettings.of(settings(jira, "")), SampleMessages.AT);
        assertThatThrownBy(() -> client.post("/search", JsonTree.object().with("jql", "project = \"SEC\"")))
                .isInstanceOfSatisfying(
                        JiraRefusal.class,
                        refusal -> assertThat(refusal.outcome()).isInstanceOf(Final.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"deployment\": \"cloud\", \"project\": \"SEC\"",
                "\"user\": \"a:b\", \"project\": \"SEC\"",
                "\"project\": \"sec\"",
                "\"project\": \"SEC\\\" OR project = \\\"X\"",
                "\"project\": \"SEC\", \"labels\": [\"a b\"]",
                "\"project\": \"SEC\", \"fields\": {\"summary\": \"x\"}",
                "\"url\": \"https://acme.atlassian.net\", \"project\": \"SEC\""
            })
    void settingsThatCannotWorkAreRefused(String open) {
        var settings = new Settings(
                JsonTree.read("{\"url\": \"https://jira.example\", " + open + "}")
                        .orElseThrow(),
                JsonTree.object().with("token", "t").tree());
        assertThatThrownBy(() -> kind.check(settings)).isInstanceOf(SettingException.class);
    }

    private JiraStandIn start(boolean cloud) throws IOException {
        var jira = new JiraStandIn(cloud);
        started.add(jira);
        return jira;
    }

    private Outcome send(JiraStandIn jira, Message message) {
        return sender(jira, tickets).send(message, first());
    }

    private Sender sender(JiraStandIn jira, TicketStore store) {
        return sender(jira, store, "");
    }

    private Sender sender(JiraStandIn jira, TicketStore store, String more) {
        return kind.open(settings(jira, more), store);
    }

    private static Settings settings(JiraStandIn jira, String more) {
        boolean cloud = jira.isCloud();
        JsonObject open = JsonTree.read("""
                        {"url": "%s/", "project": "SEC", "labels": ["security"]%s%s}""".formatted(
                                jira.address(),
                                cloud ? ", \"deployment\": \"cloud\", \"user\": \"" + JiraStandIn.USER + "\"" : "",
                                more.isEmpty() ? "" : ", " + more))
                .orElseThrow();
        return new Settings(
                open, JsonTree.object().with("token", JiraStandIn.TOKEN).tree());
    }

    private static Delivered told(String answer) {
        return new Delivered(answer, Optional.of("10001"));
    }

    private static Attempt first() {
        return attempt(1, Optional.empty());
    }

    private static Attempt attempt(int number, Optional<String> state) {
        return new Attempt(number, SampleMessages.AT, "{}", state);
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Delivered _ -> "DELIVERED";
            case Retry _ -> "RETRY";
            case Final refused -> refused.destinationBroken() ? "BROKEN" : "FINAL";
        };
    }
}
