package dev.plimsoll.server.notify.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.server.notify.outbound.AllowedPlaces;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.testing.MemoryTickets;
import dev.plimsoll.server.testing.SampleMessages;
import dev.plimsoll.server.testing.TestTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a mail server that others wrote, which demands STARTTLS and a password: aiosmtpd, a
/// package of Python.
@Timeout(120)
class AiosmtpdTest {

    private static final Attempt FIRST = new Attempt(1, SampleMessages.AT, "{}", Optional.empty());

    @TempDir
    Path folder;

    private Process server;
    private BufferedReader said;
    private TestTls tls;
    private int port;

    @BeforeEach
    void start() throws Exception {
        boolean installed = isInstalled();
        if (!installed) {
            System.err.println("SKIPPED: AiosmtpdTest needs aiosmtpd (python3 -m pip install aiosmtpd==1.4.6)");
        }
        assumeTrue(installed);
        tls = TestTls.make(folder, "dns:smtp.example");
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        var program = folder.resolve("mail_server.py");
        try (var in = AiosmtpdTest.class.getResourceAsStream("mail_server.py")) {
            assertThat(in).isNotNull();
            Files.copy(in, program);
        }
        server = new ProcessBuilder(
                        python(),
                        program.toString(),
                        Integer.toString(port),
                        tls.certificate(folder.resolve("certificate.pem")).toString(),
                        tls.key(folder.resolve("key.pem")).toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        said = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        assertThat(said.readLine()).isEqualTo("ready");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Test
    void aMessageArrivesOverTlsOnly() throws Exception {
        assertThat(send("stand-in password", "ann@example.org")).isEqualTo(new Outcome.Delivered("250 2.0.0 accepted"));
        var mail = JsonTree.read(said.readLine()).orElseThrow();
        assertThat(mail.strings("to")).containsExactly("ann@example.org");
        assertThat(JsonTree.text(mail)).contains("\"tls\":true");
        assertThat(mail.string("text").orElseThrow())
                .contains("Subject: [Plimsoll] CVE-1 (critical) in .\r\n")
                .contains("\r\n.\r\n- new: CVE-1");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        assertThat(send("wrong", "ann@example.org")).isInstanceOfSatisfying(Outcome.Final.class, refused -> {
            assertThat(refused.destinationBroken()).isTrue();
            assertThat(refused.reason()).contains("535");
        });
    }

    @Test
    void aFullMailboxIsTriedAgain() throws Exception {
        assertThat(send("stand-in password", "full@example.org"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).contains("452 4.2.2 Mailbox full"));
    }

    private Outcome send(String password, String recipient) throws Exception {
        var sockets = new GuardedSockets(
                AllowedPlaces.of(List.of("127.0.0.1")),
                (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                tls.client());
        var settings = new Settings(
                JsonTree.read("""
                                {"host": "smtp.example", "port": %d, "user": "ann", "from": "plimsoll@example.org",
                                 "recipients": ["%s"]}""".formatted(port, recipient)).orElseThrow(),
                JsonTree.object().with("password", password).tree());
        return new EmailChannel(sockets, "plimsoll.test")
                .open(settings, new MemoryTickets())
                .send(SampleMessages.added(1, "CVE-1", "."), FIRST);
    }

    private static String python() {
        return System.getProperty("plimsoll.python", "python3");
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            var process = new ProcessBuilder(python(), "-c", "import aiosmtpd")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
