package dev.plimsoll.server.notify.email;

import static dev.plimsoll.server.testing.SampleMessages.added;
import static dev.plimsoll.server.testing.SampleMessages.gone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plimsoll.server.notify.outbound.AllowedPlaces;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
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
import dev.plimsoll.server.testing.MemoryTickets;
import dev.plimsoll.server.testing.SampleMessages;
import dev.plimsoll.server.testing.ScriptedServer;
import dev.plimsoll.server.testing.SmtpStandIn;
import dev.plimsoll.server.testing.TestTls;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class EmailChannelTest {

    private static final Attempt FIRST = new Attempt(1, SampleMessages.AT, "{}", Optional.empty());
    private static final TestCall TEST =
            new TestCall(new UUID(9, 9), "acme", "ann", SampleMessages.AT, Optional.empty());

    @TempDir
    static Path keys;

    private static TestTls tls;

    private final MemoryTickets threads = new MemoryTickets();

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(keys, "dns:smtp.example");
    }

    @Test
    void aRealServerTakesIt() throws Exception {
        withGreenMail(server -> {
            assertThat(sender(server.getSmtp().getPort(), "none", "").send(added(1, "CVE-2026-0001", "app:1"), FIRST))
                    .isInstanceOf(Delivered.class);
            var mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("[Plimsoll] CVE-2026-0001 (critical) in app:1");
            assertThat(header(mail, "From")).isEqualTo("plimsoll@example.org");
            assertThat(header(mail, "To")).isEqualTo("ann@example.org");
            assertThat(header(mail, "Message-ID")).isEqualTo("<00000000-0000-0001-0000-000000000001@example.org>");
            assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(mail.getSentDate()).isEqualTo(SampleMessages.AT);
            assertThat(mail.getContentType()).startsWith("multipart/alternative");
            assertThat(part(mail, 0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
            assertThat(part(mail, 1).getContentType()).isEqualTo("text/html; charset=UTF-8");
            assertThat(text(mail, 0)).isEqualTo("""
                    CVE-2026-0001 (critical) in app:1

                    What: Vulnerabilities changed
                    Image: app:1
                    Severity: critical
                    Why: advisory added
                    When: 2026-03-01T12:00:00Z
                    Account: acme
                    Subscription: criticals

                    app:1
                    - new: CVE-2026-0001 (critical) in openssl 3.0.1, fixed in 3.0.2

                    http://plimsoll.example/ui/vulnerabilities/CVE-2026-0001?a=1&b=2
                    """);
            assertThat(text(mail, 1))
                    .contains("<li>new: CVE-2026-0001 (critical) in openssl 3.0.1, fixed in 3.0.2</li>")
                    .contains("<a href=\"http://plimsoll.example/ui/vulnerabilities/CVE-2026-0001?a=1&amp;b=2\">");
        });
    }

    @Test
    void messagesOfAGroupAreAThread() throws Exception {
        withGreenMail(server -> {
            var sender = sender(server.getSmtp().getPort(), "none", "");
            sender.send(added(1, "CVE-1", "a"), FIRST);
            sender.send(added(2, "CVE-2", "a"), FIRST);
            sender.send(gone(3, "CVE-1", "a"), FIRST);
            var mails = server.getReceivedMessages();
            assertThat(mails[1].getHeader("In-Reply-To")).isNull();
            assertThat(header(mails[2], "In-Reply-To")).isEqualTo(header(mails[0], "Message-ID"));
            assertThat(header(mails[2], "References")).isEqualTo(header(mails[0], "Message-ID"));
            assertThat(mails[2].getSubject()).isEqualTo("Re: " + mails[0].getSubject());
            assertThat(text(mails[2], 0)).startsWith("CVE-1 gone from a");
        });
    }

    @Test
    void aLaterAttemptIsTheSameMessage() throws Exception {
        withGreenMail(server -> {
            var sender = sender(server.getSmtp().getPort(), "none", "");
            sender.send(added(1, "CVE-1", "a"), FIRST);
            sender.send(added(1, "CVE-1", "a"), new Attempt(2, SampleMessages.AT, "{}", Optional.empty()));
            var mails = server.getReceivedMessages();
            assertThat(header(mails[1], "Message-ID")).isEqualTo(header(mails[0], "Message-ID"));
            assertThat(mails[1].getSubject()).isEqualTo(mails[0].getSubject());
            assertThat(mails[1].getHeader("In-Reply-To")).isNull();
        });
    }

    @Test
    void eachRecipientHasAMessageOfHisOwn() throws Exception {
        withGreenMail(server -> {
            sender(server.getSmtp().getPort(), "none", ", \"recipients\": [\"ann@example.org\", \"bob@example.org\"]")
                    .send(added(1, "CVE-1", "a"), FIRST);
            var mails = server.getReceivedMessages();
            assertThat(mails).hasSize(2);
            assertThat(List.of(header(mails[0], "To"), header(mails[1], "To")))
                    .containsExactly("ann@example.org", "bob@example.org");
        });
    }

    @Test
    void aPageToUnsubscribeIsNamed() throws Exception {
        withGreenMail(server -> {
            sender(server.getSmtp().getPort(), "none", ", \"unsubscribe_url\": \"https://plimsoll.example/me?a=b\"")
                    .send(added(1, "CVE-1", "a"), FIRST);
            assertThat(header(server.getReceivedMessages()[0], "List-Unsubscribe"))
                    .isEqualTo("<https://plimsoll.example/me?a=b>");
        });
    }

    /// Headers of anybody else, other recipients, markup: nothing of a message may become one.
    @Test
    void anyMessageIsOneMessageToOneRecipient() throws Exception {
        withGreenMail(server -> {
            var random = new Random(17);
            for (int i = 0; i < 60; i++) {
                var message = SampleMessages.any(random);
                assertThat(sender(server.getSmtp().getPort(), "none", "").send(message, FIRST))
                        .as("message %d", i)
                        .isInstanceOf(Delivered.class);
                assertThat(server.getReceivedMessages()).as("message %d", i).hasSize(1);
                var mail = server.getReceivedMessages()[0];
                assertThat(mail.getAllRecipients()).as("message %d", i).hasSize(1);
                assertThat(mail.getHeader("Bcc")).as("message %d", i).isNull();
                assertThat(mail.getSubject())
                        .as("message %d", i)
                        .doesNotContain("\n")
                        .doesNotContain("\r");
                assertThat(text(mail, 1))
                        .as("message %d", i)
                        .doesNotContain("<script>")
                        .doesNotContain("<http");
                server.purgeEmailFromAllMailboxes();
            }
        });
    }

    @Test
    void aLineThatBeginsWithADotArrives() throws Exception {
        try (var server = SmtpStandIn.plain()) {
            var message = added(1, "CVE-1", ".");
            assertThat(sender(server.port(), "none", "").send(message, FIRST)).isInstanceOf(Delivered.class);
            assertThat(server.accepted().getFirst().data()).contains("\n.\n- new: CVE-1");
        }
    }

    @Test
    void nothingIsSaidBeforeStarttls() throws Exception {
        try (var server = SmtpStandIn.starttls(tls.server())) {
            assertThat(secured(server.port(), "starttls").send(added(1, "CVE-1", "a"), FIRST))
                    .isEqualTo(new Delivered("250 2.0.0 Ok: queued as 4711"));
            assertThat(server.accepted().getFirst().secured()).isTrue();
            assertThat(server.said().subList(0, 3))
                    .containsExactly("EHLO plimsoll.test", "STARTTLS", "tls EHLO plimsoll.test");
        }
    }

    @Test
    void tlsFromTheFirstByteWorksToo() throws Exception {
        try (var server = SmtpStandIn.tls(tls.server())) {
            assertThat(secured(server.port(), "tls").send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOf(Delivered.class);
            assertThat(server.accepted().getFirst().secured()).isTrue();
        }
    }

    @Test
    void aServerWithoutStarttlsIsSentNothing() throws Exception {
        try (var server = SmtpStandIn.plain()) {
            assertThat(sender(server.port(), "starttls", "").send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOfSatisfying(Final.class, refused -> {
                        assertThat(refused.destinationBroken()).isTrue();
                        assertThat(refused.reason()).contains("offers no STARTTLS");
                    });
            assertThat(server.said()).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("AUTH"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void aServerOfAnotherNameIsSentNothing(String security) throws Exception {
        var other = TestTls.make(keys, "dns:other-" + security + ".example");
        try (var server =
                security.equals("tls") ? SmtpStandIn.tls(other.server()) : SmtpStandIn.starttls(other.server())) {
            assertThat(new EmailChannel(sockets(other.client()), "plimsoll.test")
                            .open(settings(server.port(), security, user()), threads)
                            .send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOf(Retry.class);
            assertThat(server.said()).noneMatch(line -> line.contains("AUTH"));
            assertThat(server.accepted()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNotRepeated() throws Exception {
        try (var server = SmtpStandIn.starttls(tls.server())) {
            var wrong = new Settings(
                    settings(server.port(), "starttls", "").open(),
                    JsonTree.object().with("password", "wrong-password").tree());
            var settings = new Settings(
                    JsonTree.object()
                            .with("user", SmtpStandIn.USER)
                            .withOthersOf(wrong.open())
                            .tree(),
                    wrong.secrets());
            assertThat(new EmailChannel(sockets(tls.client()), "plimsoll.test")
                            .open(settings, threads)
                            .send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOfSatisfying(Final.class, refused -> {
                        assertThat(refused.destinationBroken()).isTrue();
                        assertThat(refused.reason()).contains("535").doesNotContain("wrong-password");
                    });
        }
    }

    @Test
    void aServerThatWantsAUserIsAMatterOfSettings() throws Exception {
        try (var server = SmtpStandIn.plain().answer("MAIL", "530 5.7.0 Authentication required")) {
            assertThat(name(sender(server.port(), "none", "").send(added(1, "CVE-1", "a"), FIRST)))
                    .isEqualTo("BROKEN");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 421 4.3.2 Shutting down, RETRY",
        "greeting, 554 5.3.2 No service, BROKEN",
        "EHLO, 421 4.3.2 Later, RETRY",
        "MAIL, 451 4.3.0 Later, RETRY",
        "MAIL, 421 4.3.2 Later, RETRY",
        "MAIL, 553 5.7.1 Not your address, BROKEN",
        "RCPT, 450 4.2.0 Greylisted, RETRY",
        "RCPT, 451 4.3.0 Later, RETRY",
        "RCPT, 452 4.2.2 Mailbox full, RETRY",
        "RCPT, 550 5.1.1 No such user, BROKEN",
        "DATA, 451 4.3.0 Later, RETRY",
        "DATA, 554 5.5.1 No, FINAL",
        "., 451 4.3.0 Later, RETRY",
        "., 452 4.3.1 Disk full, RETRY",
        "., 421 4.3.2 Later, RETRY",
        "., 552 5.3.4 Too large, FINAL",
        "., 554 5.7.1 Spam, FINAL",
        "greeting, hang up, RETRY",
        "MAIL, hang up, RETRY",
        "DATA, hang up, RETRY",
        "., hang up, RETRY",
        "greeting, '', RETRY",
        "RCPT, '', RETRY",
        "., '', RETRY",
    })
    void answersAreUnderstood(String command, String answer, String expected) throws Exception {
        try (var server = SmtpStandIn.plain().answer(command, answer)) {
            var outcome = impatient(server.port(), "").send(added(1, "CVE-1", "a"), FIRST);
            assertThat(name(outcome)).as(outcome.toString()).isEqualTo(expected);
            // a greeting by EHLO that fails is tried by HELO, and the connection is closed by then
            if (answer.matches("[45].*") && !command.equals("EHLO")) {
                assertThat(outcome.toString()).contains(answer.substring(0, 3));
            }
        }
    }

    @Test
    void aServerThatTricklesIsLeft() throws Exception {
        try (var server = ScriptedServer.start(connection -> {
            for (int i = 0; i < 1000; i++) {
                connection.getOutputStream().write('2');
                Thread.sleep(50);
            }
        })) {
            assertThat(impatient(server.port(), "").send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOf(Retry.class);
        }
    }

    @Test
    void whoHasItIsNotSentItAgain() throws Exception {
        try (var server = SmtpStandIn.plain()
                .answer("RCPT TO:<bob@", "451 4.3.0 Later")
                .answer("RCPT TO:<cy@", "550 5.1.1 Gone")) {
            var more = ", \"recipients\": [\"Ann@example.org\", \"bob@example.org\", \"cy@example.org\"]";
            var outcome = impatient(server.port(), more).send(added(1, "CVE-1", "a"), FIRST);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Retry.class,
                            retry -> assertThat(retry.state()).contains("[\"ann@example.org\",\"cy@example.org\"]"));
            server.answerAsUsual();
            assertThat(impatient(server.port(), more)
                            .send(
                                    added(1, "CVE-1", "a"),
                                    new Attempt(2, SampleMessages.AT, "{}", ((Retry) outcome).state())))
                    .isInstanceOf(Delivered.class);
            assertThat(server.accepted())
                    .extracting(SmtpStandIn.Mail::to)
                    .containsExactly(List.of("Ann@example.org"), List.of("bob@example.org"));
        }
    }

    @Test
    void oneWhoIsGoneDoesNotStopTheOthers() throws Exception {
        try (var server = SmtpStandIn.plain().answer("RCPT TO:<bob@", "550 5.1.1 No such user")) {
            assertThat(impatient(server.port(), ", \"recipients\": [\"bob@example.org\", \"ann@example.org\"]")
                            .send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOfSatisfying(
                            Delivered.class,
                            sent -> assertThat(sent.answer())
                                    .contains("queued as 4711")
                                    .contains("refused:")
                                    .contains("550 5.1.1 No such user"));
        }
    }

    @Test
    void aTestGoesToWhoAsks() throws Exception {
        try (var server = SmtpStandIn.plain()) {
            assertThat(sender(server.port(), "none", "").test(TEST)).isInstanceOf(Delivered.class);
            sender(server.port(), "none", "")
                    .test(new TestCall(
                            new UUID(9, 9), "acme", "ann", SampleMessages.AT, Optional.of("me@example.org")));
            assertThat(sender(server.port(), "none", "")
                            .test(new TestCall(
                                    new UUID(9, 9),
                                    "acme",
                                    "ann",
                                    SampleMessages.AT,
                                    Optional.of("a\r\nRCPT TO:<b@c>"))))
                    .isInstanceOf(Final.class);
            assertThat(server.accepted())
                    .extracting(SmtpStandIn.Mail::to)
                    .containsExactly(List.of("ann@example.org"), List.of("me@example.org"));
        }
    }

    @Test
    void aMailServerInTheHouseIsAskedOnlyWhereItIsAllowed() throws Exception {
        try (var server = SmtpStandIn.plain()) {
            var strict = new GuardedSockets(
                    AllowedPlaces.NONE, (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.1")), SSLContext.getDefault());
            assertThat(new EmailChannel(strict, "plimsoll.test")
                            .open(settings(server.port(), "none", ""), threads)
                            .send(added(1, "CVE-1", "a"), FIRST))
                    .isInstanceOfSatisfying(Final.class, refused -> {
                        assertThat(refused.destinationBroken()).isTrue();
                        assertThat(refused.reason()).contains("--private-destinations");
                    });
            assertThat(server.said()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", \"host\": \"http://smtp.example\"",
                ", \"host\": \"a@smtp.example\"",
                ", \"host\": \"smtp.example:25\"",
                ", \"port\": 0",
                ", \"port\": 65536",
                ", \"user\": \"ann\"",
                ", \"from\": \"Ann <ann@example.org>\"",
                ", \"from\": \"a\\r\\nb@example.org\"",
                ", \"recipients\": []",
                ", \"recipients\": [\"a@b\\r\\nBcc: c@d\"]",
                ", \"recipients\": [\"a@b, c@d\"]",
                ", \"recipients\": [\"@b\"]",
                ", \"unsubscribe_url\": \"https://x/>\\r\\nBcc: a@b\""
            })
    void settingsThatCannotWorkAreRefused(String more) {
        assertThatThrownBy(
                        () -> new EmailChannel(sockets(SSLContext.getDefault()), "x").check(settings(25, "none", more)))
                .isInstanceOf(SettingException.class);
    }

    @Test
    void aPasswordIsNeverSentInClear() {
        assertThatThrownBy(() ->
                        new EmailChannel(sockets(SSLContext.getDefault()), "x").check(settings(25, "none", user())))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("over TLS only");
    }

    /// What is done with a running server.
    @FunctionalInterface
    private interface WithGreenMail {
        void run(GreenMail server) throws Exception;
    }

    private static void withGreenMail(WithGreenMail test) throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            test.run(server);
        } finally {
            server.stop();
        }
    }

    private Sender sender(int port, String security, String more) throws Exception {
        return new EmailChannel(sockets(SSLContext.getDefault()), "plimsoll.test")
                .open(settings(port, security, more), threads);
    }

    /// Waits little.
    private Sender impatient(int port, String more) throws Exception {
        return new EmailChannel(
                        sockets(SSLContext.getDefault()), "plimsoll.test", Duration.ofSeconds(4), Duration.ofSeconds(9))
                .open(settings(port, "none", more), threads);
    }

    private Sender secured(int port, String security) throws Exception {
        return new EmailChannel(sockets(tls.client()), "plimsoll.test").open(settings(port, security, user()), threads);
    }

    private static GuardedSockets sockets(SSLContext trust) {
        return new GuardedSockets(
                AllowedPlaces.of(List.of("127.0.0.1")), (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.1")), trust);
    }

    private static String user() {
        return ", \"user\": \"" + SmtpStandIn.USER + "\"";
    }

    private static Settings settings(int port, String security, String more) {
        var text = """
                {"host": "smtp.example", "port": %d, "security": "%s", "from": "plimsoll@example.org",
                 "recipients": ["ann@example.org"]%s}""".formatted(port, security, more);
        return new Settings(
                JsonTree.read(text).orElseThrow(),
                more.equals(user())
                        ? JsonTree.object()
                                .with("password", SmtpStandIn.PASSWORD)
                                .tree()
                        : JsonTree.object().tree());
    }

    private static String header(MimeMessage mail, String name) throws Exception {
        var values = mail.getHeader(name);
        assertThat(values).as(name).hasSize(1);
        return values[0];
    }

    private static BodyPart part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent()).getBodyPart(index);
    }

    private static String text(MimeMessage mail, int index) throws Exception {
        return ((String) part(mail, index).getContent()).replace("\r\n", "\n");
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Delivered _ -> "DELIVERED";
            case Retry _ -> "RETRY";
            case Final refused -> refused.destinationBroken() ? "BROKEN" : "FINAL";
        };
    }
}
