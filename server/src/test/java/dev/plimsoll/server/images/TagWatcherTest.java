package dev.plimsoll.server.images;

import static dev.plimsoll.server.images.TestImages.alpine;
import static dev.plimsoll.server.images.TestImages.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.registry.TestRegistry;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tags that are looked up again and again.
@Timeout(60)
final class TagWatcherTest {

    private static final ImageBytes ONE = alpine("1.0-r0");
    private static final ImageBytes TWO = alpine("2.0-r0");

    @TempDir
    Path folder;

    private TestRegistry registry;
    private TestService service;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start().serving("shop/app", "1", ONE);
        service = new TestService(folder);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        registry.close();
    }

    private JsonObject watch(String reference) {
        var answer = service.api.post(
                "/api/v1/watches",
                "{\"reference\":\"" + registry.host() + "/" + reference + "\",\"every_seconds\":600}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonObject onlyWatch() {
        return service.api.get("/api/v1/watches").json().objects("items").getFirst();
    }

    private long jobs() {
        return service.texts("select id::text from job").size();
    }

    @Test
    void analysesWhatMoves() {
        watch("shop/app:1");
        assertThat(service.watcher.turn()).isFalse();
        TestService.await(() -> service.judged.size() == 1);
        assertThat(service.texts("select lane from job")).containsExactly("sweep");
        assertThat(onlyWatch().string("last_digest")).hasValue(digest(ONE));
        service.watcher.turn();
        var asked = registry.asked().size();
        service.watcher.turn();
        assertThat(registry.asked()).as("it is not due").hasSize(asked);
        service.clock.advance(Duration.ofMinutes(11));
        var row = service.texts("select xmin || ' ' || coalesce(last_digest, '') from tag_watch");
        service.watcher.turn();
        assertThat(jobs()).as("nothing moved").isEqualTo(1);
        assertThat(row).hasSize(1);
        registry.serving("shop/app", "1", TWO);
        service.clock.advance(Duration.ofMinutes(11));
        service.watcher.turn();
        TestService.await(() -> service.texts("select payload from event where kind = 'tag_update'")
                        .size()
                == 1);
        assertThat(service.image(digest(TWO)).string("state")).hasValue("analyzed");
    }

    @Test
    void asksARegistryThatFailsLessAndLessOften() {
        for (int i = 0; i < 5; i++) {
            watch("shop/missing" + i + ":1");
        }
        registry.everywhere(_ -> exchange -> TestRegistry.answer(exchange, 418, "{}"));
        service.watcher.turn();
        assertThat(registry.paths().stream().filter(path -> path.contains("/manifests/")))
                .as("one watch has asked for all of that registry")
                .hasSize(1);
        for (var watch : service.api.get("/api/v1/watches").json().objects("items")) {
            assertThat(watch.number("failures").orElseThrow().intValue()).isEqualTo(1);
            assertThat(watch.string("last_error").orElse("")).contains("418");
        }
        assertThat(jobs()).isZero();
        var before = service.clock.instant();
        for (int i = 0; i < 12; i++) {
            service.clock.advance(Duration.ofHours(31));
            service.watcher.turn();
        }
        var next = Instant.parse(onlyWatch().string("next_at").orElseThrow());
        assertThat(Duration.between(service.clock.instant(), next))
                .isBetween(Duration.ofHours(17), Duration.ofHours(31));
        assertThat(before).isBefore(next);
        registry.everywhere(inner -> inner).serving("shop/missing0", "1", ONE);
        service.clock.advance(Duration.ofHours(31));
        service.watcher.turn();
        assertThat(onlyWatch().string("last_error")).isEmpty();
        assertThat(onlyWatch().number("failures").orElseThrow().intValue()).isZero();
    }

    @Test
    void aMissingTagDoesNotHideTheOthers() {
        watch("shop/missing:1");
        watch("shop/app:1");
        service.watcher.turn();
        TestService.await(() -> service.judged.size() == 1);
        assertThat(onlyWatch().string("last_error").orElse("")).contains("has no such image");
    }

    @Test
    void isMadeWithASubmissionAndChanged() {
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:1\",\"watch_seconds\":3600}");
        assertThat(onlyWatch().number("every_seconds").orElseThrow().intValue()).isEqualTo(3600);
        var id = watch("shop/app:1").number("id").orElseThrow();
        assertThat(onlyWatch().number("every_seconds").orElseThrow().intValue()).isEqualTo(600);
        service.api.as(service.other, Role.ADMIN);
        assertThat(service.api.get("/api/v1/watches").json().array("items")).isEmpty();
        assertThat(service.api.delete("/api/v1/watches/" + id).status()).isEqualTo(404);
        service.api.as(service.account, Role.ADMIN);
        assertThat(service.api.delete("/api/v1/watches/" + id).status()).isEqualTo(204);
        assertThat(service.api.delete("/api/v1/watches/" + id).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatIsNoWatch() {
        assertThat(service.api
                        .post("/api/v1/watches", "{\"reference\":\"a:1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(service.api
                        .post("/api/v1/watches", "{\"reference\":\"a:1\",\"every_seconds\":60.5}")
                        .status())
                .isEqualTo(400);
        assertThat(service.api
                        .post("/api/v1/watches", "{\"reference\":\"a@" + digest(ONE) + "\",\"every_seconds\":60}")
                        .status())
                .isEqualTo(400);
    }
}
