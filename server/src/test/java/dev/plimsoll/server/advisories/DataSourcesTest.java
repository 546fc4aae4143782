package dev.plimsoll.server.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.testing.TestApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DataSourcesTest {

    @TempDir
    private Path folder;

    private World world;
    private DataSources sources;
    private TestApi api;

    private final Records records = new Records().add("GHSA-1", List.of(), "HIGH", Records.npm("left", "2.0.0"));

    @BeforeEach
    void start() throws IOException {
        world = new World(folder);
        sources = new DataSources(world.test.database(), world.imports, () -> world.now);
        api = new TestApi(new DataSourceRoutes(world.test.database(), RevisionAudit.NONE, () -> world.now).routes())
                .as(new Principal(world.account, "one", "root", EnumSet.allOf(Permission.class)));
    }

    @AfterEach
    void stop() throws IOException {
        sources.close();
        world.close();
    }

    private void add(String place) {
        assertThat(api.post("/api/v1/data-sources", "{\"place\": \"" + place + "\", \"every_seconds\": 600}")
                        .status())
                .isEqualTo(201);
    }

    private DataSource source() {
        return world.jdbi
                .<List<DataSource>, RuntimeException>withHandle(DataSource::all)
                .getFirst();
    }

    private long revisions() {
        return world.jdbi.<Long, RuntimeException>withHandle(
                handle -> handle.createQuery("select count(*) from revision")
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void takesTheNewestFileOfAFolderOnce() throws IOException {
        var place = Files.createDirectory(folder.resolve("data"));
        add(place.toString());
        assertThat(sources.turn()).isTrue();
        assertThat(source().lastError().orElseThrow()).contains("holds no file *.db");
        assertThat(sources.turn()).as("not before its time").isFalse();
        Files.copy(records.build(folder, world.now), place.resolve("one.db"));
        world.now = world.now.plus(Duration.ofMinutes(2));
        assertThat(sources.turn()).isTrue();
        assertThat(source().lastError()).isEmpty();
        assertThat(source().lastRevision()).isPresent();
        assertThat(source().nextAt()).isEqualTo(world.now.plusSeconds(600));
        world.now = world.now.plus(Duration.ofMinutes(20));
        assertThat(sources.turn()).isTrue();
        assertThat(revisions()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void anAddressThatFallsSilentIsGivenUp() throws IOException {
        var silent = new CountDownLatch(1);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data.db", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                silent.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        var source = new DataSource(
                1,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/data.db",
                600,
                world.now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
        try (var fetch = new DataFetch(1 << 20, Duration.ofSeconds(1));
                var content = fetch.fetch(source).orElseThrow().content()) {
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/data.db did not give all of its file within 1 seconds");
        } finally {
            silent.countDown();
            server.stop(0);
        }
    }

    @Test
    void asksAnAddressWhetherThereIsNewerData() throws IOException {
        var file = Files.readAllBytes(records.build(folder, world.now));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var sent = new int[2];
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("location", "/data.db");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().add("location", "/round");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/data.db", exchange -> answer(exchange, file, sent));
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort();
            add(address + "/moved");
            assertThat(sources.turn()).isTrue();
            // the first answer breaks off in the middle
            assertThat(source().lastError()).isPresent();
            assertThat(revisions()).isZero();
            assertThat(source().nextAt()).isEqualTo(world.now.plusSeconds(60));
            world.now = world.now.plusSeconds(60);
            assertThat(sources.turn()).isTrue();
            assertThat(source().lastError()).isEmpty();
            assertThat(source().validator()).hasValue("etag \"one\"");
            world.now = world.now.plusSeconds(600);
            assertThat(sources.turn()).isTrue();
            assertThat(sent).containsExactly(2, 1);
            assertThat(revisions()).isEqualTo(1);
            add(address + "/round");
            assertThat(sources.turn()).isTrue();
            assertThat(world.jdbi
                            .<List<DataSource>, RuntimeException>withHandle(DataSource::all)
                            .getLast()
                            .lastError()
                            .orElseThrow())
                    .contains("redirections");
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, byte[] file, int[] sent) throws IOException {
        try (exchange) {
            if ("\"one\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                sent[1]++;
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            exchange.getResponseHeaders().add("etag", "\"one\"");
            exchange.sendResponseHeaders(200, file.length);
            var length = sent[0]++ == 0 ? file.length / 2 : file.length;
            exchange.getResponseBody().write(file, 0, length);
        } catch (IOException _) {
            // whoever asked hung up, or is to believe so
        }
    }

    @Test
    void refusesPlacesThatAreNone() {
        for (var place : List.of("", "relative/path", "https://user:secret@example.org/a.db", "ftp://example.org/a")) {
            var answer = api.post("/api/v1/data-sources", "{\"place\": \"" + place + "\"}");
            assertThat(answer.status()).as(place).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("secret");
        }
        assertThat(api.post("/api/v1/data-sources", "{\"place\": \"/data\", \"every_seconds\": 1}")
                        .status())
                .isEqualTo(400);
        add("/data");
        assertThat(api.post("/api/v1/data-sources", "{\"place\": \"/data\"}").status())
                .isEqualTo(409);
        var id = api.get("/api/v1/data-sources")
                .json()
                .objects("items")
                .getFirst()
                .number("id")
                .orElseThrow();
        assertThat(api.delete("/api/v1/data-sources/" + id).status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/data-sources/" + id).status()).isEqualTo(404);
    }
}
