package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `plimsoll server` as whoever installs it meets it: the command, with a database of its own.
@Timeout(180)
final class ServiceTest {

    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:([0-9]+)");
    private static final Pattern KEY = Pattern.compile("first key .*: (\\S+)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("PLIMSOLL_SERVER_DATA_FOLDER", folder.resolve("data").toString()));
    }

    private String found(Pattern pattern) throws InterruptedException {
        var text = new String[] {""};
        ServiceClient.await(() -> {
            var matcher = pattern.matcher(out.toString(StandardCharsets.UTF_8));
            if (matcher.find()) {
                text[0] = matcher.group(1);
            }
            return !text[0].isEmpty();
        });
        return text[0];
    }

    private Path postmaster() {
        return folder.resolve("data/postgres/data/postmaster.pid");
    }

    @Test
    void aStartThatFailsLeavesNothingBehindAndTheNextOneWorks() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--host", "127.0.0.1", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("plimsoll: ")
                .doesNotContain("\tat ");
        assertThat(postmaster()).as("the database of a start that failed").doesNotExist();

        var code = new AtomicInteger(-1);
        var command = Thread.ofPlatform().start(() -> code.set(run("--port", "0")));
        try {
            // shown once: the start that failed must not have made it
            var client = new ServiceClient(Integer.parseInt(found(PORT)), found(KEY));
            assertThat(client.get("/readyz").body()).contains("\"ready\":true");
            assertThat(client.get("/api/v1/me").body()).contains("\"default\"");
            assertThat(client.push(1).statusCode()).isEqualTo(202);
            ServiceClient.await(() -> verdict(client) == 200);
            assertThat(client.metric("plimsoll_job_attempts_total", "outcome=\"done\""))
                    .isPositive();
            ServiceClient.await(() -> client.has("plimsoll_jobs{state=\"queued\"} 0.0"));
            ServiceClient.await(() -> client.has("plimsoll_deliveries{state=\"dead\"} 0.0"));
            assertThat(postmaster()).exists();
        } finally {
            command.interrupt();
            command.join();
        }
        assertThat(code).as("of a command that was interrupted").hasValue(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
        assertThat(postmaster()).as("the database of a service that ended").doesNotExist();

        var backup = folder.resolve("backup.tar");
        assertThat(run("backup", backup.toString())).isZero();
        assertThat(backup).isNotEmptyFile();
        assertThat(run("doctor")).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(postmaster()).doesNotExist();
    }

    private static int verdict(ServiceClient client) {
        try {
            return client.get("/api/v1/images/" + ServiceClient.digest(1) + "/verdict")
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
