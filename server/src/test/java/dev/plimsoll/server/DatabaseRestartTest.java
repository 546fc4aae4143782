package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The database is killed twice under a service that answers and works; nobody starts anything anew.
@Timeout(240)
final class DatabaseRestartTest {

    private static final int BETWEEN_KILLS = 25;

    @TempDir
    private Path folder;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Set<Integer> accepted = new ConcurrentSkipListSet<>();
    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void everythingGoesOn() throws Exception {
        var configuration = Configuration.of(
                Map.of("data-folder", folder.resolve("data").toString(), "port", "0"), Map.of(), Optional.empty());
        var storage = Storage.open(configuration, Map.of());
        try (var service = Service.start(
                configuration, storage, Map.of(), () -> Instant.now().plus(ahead.get()))) {
            var client = new ServiceClient(service.port(), service.firstKey().orElseThrow());
            var reading = Thread.ofVirtual().start(() -> read(client));
            var pushing = Thread.ofVirtual().start(() -> push(client));
            for (int kill = 1; kill <= 2; kill++) {
                var until = accepted.size() + BETWEEN_KILLS;
                ServiceClient.await(() -> accepted.size() >= until);
                var postgres = storage.postgres().orElseThrow();
                var killed = postgres.pid();
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                ServiceClient.await(() -> postgres.pid() != killed);
            }
            var until = accepted.size() + BETWEEN_KILLS;
            ServiceClient.await(() -> accepted.size() >= until);
            enough.set(true);
            reading.join();
            pushing.join();

            assertThat(statuses).as("what was answered").isSubsetOf(200, 202, 503);
            // what a kill broke off is taken up again when its lease has ended
            ahead.set(Duration.ofMinutes(2));
            for (int number : accepted) {
                ServiceClient.await(() -> hasVerdict(client, number));
            }
            assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(client.get("/api/v1/jobs?state=poison").body()).contains("\"items\":[]");
        }
    }

    private void read(ServiceClient client) {
        while (!enough.get()) {
            try {
                statuses.add(client.get("/api/v1/images?limit=5").statusCode());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void push(ServiceClient client) {
        for (int number = 1; !enough.get(); number++) {
            try {
                int status = client.push(number).statusCode();
                statuses.add(status);
                if (status == 202) {
                    accepted.add(number);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean hasVerdict(ServiceClient client, int number) {
        try {
            return client.get("/api/v1/images/" + ServiceClient.digest(number) + "/verdict")
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
