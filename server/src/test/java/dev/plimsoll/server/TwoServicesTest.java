package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.ScriptedServer;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two copies of the whole service on one database and one store: what must be done is done once.
@Timeout(180)
final class TwoServicesTest {

    private static final int IMAGES = 40;

    private static final Pattern ID = Pattern.compile("(?im)^webhook-id: *(\\S+)");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private ScriptedServer receiver;
    private List<Service> services = List.of();

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.create();
        receiver = ScriptedServer.http(
                null,
                (_, out) -> out.write(
                        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        services = Stream.generate(() -> CompletableFuture.supplyAsync(this::service)).limit(2).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private Service service() {
        try {
            var places = new Places(folder);
            Files.createDirectories(places.temporary());
            var test = database.address();
            return Service.start(
                    Configuration.of(
                            Map.of("port", "0", "private-destinations", "127.0.0.0/8"), Map.of(), Optional.empty()),
                    new Storage(
                            places,
                            Optional.empty(),
                            new Database.Address(test.url(), test.user(), test.password(), 16),
                            new FolderObjects(places.objects(), places.cache()),
                            new SecretBox(new byte[SecretBox.KEY_LENGTH])),
                    Map.of(),
                    InstantSource.system());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (var service : services) {
            service.close();
        }
        receiver.close();
        database.close();
    }

    private long count(String query) {
        return database.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    @Test
    void doOnceWhatIsToBeDone() throws Exception {
        var keys = services.stream().flatMap(each -> each.firstKey().stream()).toList();
        assertThat(keys).as("the first key").hasSize(1);
        var clients = services.stream()
                .map(each -> new ServiceClient(each.port(), keys.getFirst()))
                .toList();
        assertThat(clients.getFirst()
                        .post("/api/v1/channels", """
                        {"name":"hook","kind":"webhook","settings":{"url":"http://127.0.0.1:%d/hook"},
                        "secrets":{"signing_secret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}}""".formatted(receiver.port()))
                        .statusCode())
                .isEqualTo(201);
        assertThat(clients.getLast().post("/api/v1/subscriptions", """
                        {"name":"all","channel":"hook","kinds":["analysis_update"],"grouping":"image","window_seconds":0}""").statusCode())
                .isEqualTo(201);

        for (int number = 1; number <= IMAGES; number++) {
            assertThat(clients.get(number % 2).push(number).statusCode()).isEqualTo(202);
        }
        ServiceClient.await(() -> count("select count(*) from job where state <> 'done'") == 0);
        assertThat(count("select count(*) from job where attempts <> 1")).isZero();
        assertThat(count("select count(*) from verdict")).isEqualTo(IMAGES);
        // each is told after the row is written
        var jobs = count("select count(*) from job");
        ServiceClient.await(() -> done(clients) >= jobs);
        assertThat(done(clients)).as("attempts of both").isEqualTo(jobs);

        ServiceClient.await(() -> count("select count(*) from delivery where state = 'delivered'") == IMAGES);
        assertThat(count("select count(*) from delivery")).isEqualTo(IMAGES);
        assertThat(count("select count(*) from delivery_event")).isEqualTo(IMAGES);
        assertThat(receiver.requests()).hasSize(IMAGES);
        assertThat(receiver.requests().stream()
                        .flatMap(request -> ID.matcher(request).results().map((MatchResult id) -> id.group(1))))
                .hasSize(IMAGES)
                .doesNotHaveDuplicates();
    }

    @Test
    void judgeOnceWhenTheTimeHasCome() throws Exception {
        var key = services.stream()
                .flatMap(each -> each.firstKey().stream())
                .findFirst()
                .orElseThrow();
        var client = new ServiceClient(services.getFirst().port(), key);
        for (int number = 1; number <= IMAGES; number++) {
            assertThat(client.push(number).statusCode()).isEqualTo(202);
        }
        ServiceClient.await(() -> count("select count(*) from verdict") == IMAGES);
        // as if another policy had said so: the decision is not what is found now
        database.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update verdict set decision = 'FAIL'," + " next_change_at = now() - interval '1 hour'"));
        ServiceClient.await(
                () -> count("select count(*) from verdict where valid_to is null and next_change_at <= now()") == 0);
        assertThat(count("select count(*) from verdict"))
                .as("one new verdict each")
                .isEqualTo(2L * IMAGES);
        assertThat(count("select count(*) from verdict where valid_to is null")).isEqualTo(IMAGES);
    }

    private static long done(List<ServiceClient> clients) {
        try {
            long sum = 0;
            for (var client : clients) {
                sum += client.metric("plimsoll_job_attempts_total", "outcome=\"done\"");
            }
            return sum;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
