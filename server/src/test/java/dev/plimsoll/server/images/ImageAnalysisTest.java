package dev.plimsoll.server.images;

import static dev.plimsoll.server.images.TestImages.alpine;
import static dev.plimsoll.server.images.TestImages.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.registry.Secret;
import dev.plimsoll.image.registry.TestRegistry;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.server.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Images of a registry, submitted and analysed.
@Timeout(60)
final class ImageAnalysisTest {

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

    private String body(String reference) {
        return "{\"reference\":\"" + registry.host() + "/" + reference + "\"}";
    }

    private long blobs() {
        var configurations =
                java.util.List.of(TestImages.configurationDigest(ONE), TestImages.configurationDigest(TWO));
        return registry.paths().stream()
                .filter(path ->
                        path.contains("/blobs/") && configurations.stream().noneMatch(path::endsWith))
                .count();
    }

    @Test
    void analysesAnImageOnce() {
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).hasValue("done");
        assertThat(job.object("result").string("digest")).hasValue(digest(ONE));
        var image = service.image(digest(ONE));
        assertThat(image.string("state")).hasValue("analyzed");
        assertThat(image.string("distro")).hasValue("alpine:3.19");
        assertThat(image.string("platform")).hasValue("linux/amd64");
        assertThat(image.number("packages").orElseThrow().intValue()).isEqualTo(2);
        assertThat(image.strings("names")).containsExactly(registry.host() + "/shop/app:1");
        assertThat(image.strings("layers")).hasSize(2);
        assertThat(service.image(TestImages.configurationDigest(ONE)).string("digest"))
                .hasValue(digest(ONE));
        assertThat(service.stored).hasSize(1);
        assertThat(service.judged).containsExactly(service.account + " " + digest(ONE) + " [IMAGE_CHANGED]");
        assertThat(blobs()).isEqualTo(2);

        assertThat(service.analyze(body("shop/app:1")).string("state")).hasValue("done");
        assertThat(blobs()).as("layers of a digest that is known").isEqualTo(2);
        assertThat(service.stored).hasSize(1);
        assertThat(service.texts("select kind || ' ' || payload from event"))
                .singleElement()
                .asString()
                .startsWith("analysis_update {")
                .contains(digest(ONE), "\"state\":\"analyzed\"", "\"packages\":2");

        var known = service.api.post("/api/v1/images", body("shop/app@" + digest(ONE)));
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.json().object("image").string("digest")).hasValue(digest(ONE));
        assertThat(service.api
                        .post("/api/v1/images", body("shop/app:1@" + digest(ONE)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void readsAgainWhatMustTellMore() {
        service.analyze(body("shop/app:1"));
        service.needs = AnalysisRequest.ofSecrets();
        service.analyze(body("shop/app@" + digest(ONE)));
        assertThat(service.stored).hasSize(2);
        service.analyze(body("shop/app:1"));
        assertThat(service.stored).hasSize(2);
        var before = service.stored.size();
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:1\",\"force\":true}");
        assertThat(service.stored).hasSize(before + 1);
        assertThat(service.texts("select count(*)::text from image")).containsExactly("1");
    }

    @Test
    void followsATagThatMoves() {
        service.analyze(body("shop/app:1"));
        service.judged.clear();
        registry.serving("shop/app", "1", TWO);
        service.analyze(body("shop/app:1"));
        var name = registry.host() + "/shop/app:1";
        assertThat(service.image(digest(TWO)).strings("names")).containsExactly(name);
        assertThat(service.image(digest(ONE)).strings("names")).isEmpty();
        assertThat(service.judged)
                .as("the one that has the name, and the one that lost it")
                .containsExactlyInAnyOrder(
                        service.account + " " + digest(ONE) + " [IMAGE_CHANGED]",
                        service.account + " " + digest(TWO) + " [IMAGE_CHANGED]");
        assertThat(service.texts("select payload from event where kind = 'tag_update'"))
                .singleElement()
                .asString()
                .contains("\"previous_digest\":\"" + digest(ONE), "\"digest\":\"" + digest(TWO), "\"tag\":\"1\"");
        registry.serving("shop/app", "1", ONE);
        var pulled = blobs();
        service.analyze(body("shop/app:1"));
        assertThat(blobs()).as("back to what is known").isEqualTo(pulled);
        assertThat(service.texts("select kind from event where kind = 'tag_update'"))
                .hasSize(2);
        assertThat(service.texts("select tag from tag where to_at is null")).hasSize(1);
        assertThat(service.texts("select tag from tag where to_at is not null")).hasSize(2);
    }

    @Test
    void anIndexStandsForAnImageOfEachPlatform() {
        var arm = alpine("1.0-r0").architecture("arm64");
        registry.serving("shop/multi", "amd", ONE)
                .serving("shop/multi", "arm", arm)
                .serving(
                        "shop/multi",
                        "1",
                        ImageBytes.INDEX,
                        ImageBytes.index(
                                ImageBytes.descriptor(
                                        ImageBytes.MANIFEST,
                                        ImageBytes.bytes(ONE.manifest()),
                                        ImageBytes.platform("linux", "amd64")),
                                ImageBytes.descriptor(
                                        ImageBytes.MANIFEST,
                                        ImageBytes.bytes(arm.manifest()),
                                        ImageBytes.platform("linux", "arm64"))));
        var reference = registry.host() + "/shop/multi:1";
        service.analyze("{\"reference\":\"" + reference + "\",\"platform\":\"linux/amd64\"}");
        service.analyze("{\"reference\":\"" + reference + "\",\"platform\":\"linux/arm64\"}");
        var index = service.image(digest(arm)).string("index_digest").orElseThrow();
        assertThat(service.image(digest(ONE)).string("index_digest")).hasValue(index);
        assertThat(service.texts("select kind from event where kind = 'tag_update'"))
                .as("nothing moved")
                .isEmpty();
        var known = service.api.post(
                "/api/v1/images",
                "{\"reference\":\"" + registry.host() + "/shop/multi@" + index + "\",\"platform\":\"linux/amd64\"}");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.json().object("image").string("digest")).hasValue(digest(ONE));
    }

    @Test
    void aTagBesideADigestIsBelievedWhereTheRegistrySaysSo() {
        registry.serving("shop/app", "2", TWO);
        service.analyze(body("shop/app:1@" + digest(ONE)));
        assertThat(service.image(digest(ONE)).strings("names")).containsExactly(registry.host() + "/shop/app:1");
        service.analyze(body("shop/app:2@" + digest(ONE)));
        assertThat(service.image(digest(ONE)).strings("names")).containsExactly(registry.host() + "/shop/app:1");
    }

    @Test
    void logsInAsTheAccountDoesAndAsNobodyElse() {
        var basic = "Basic "
                + Base64.getEncoder().encodeToString("robot:pw".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        registry.demanding("Basic realm=\"here\"", basic);
        var refused = service.analyze(body("shop/app:1"));
        assertThat(refused.string("state")).hasValue("poison");
        assertThat(refused.number("attempts").orElseThrow().intValue())
                .as(refused.string("reason").orElse(""))
                .isEqualTo(1);
        assertThat(refused.string("reason").orElse("")).contains("demands a login", "PUT /api/v1/registries");
        service.credentials.put(
                service.account + " " + registry.host(),
                new RegistryCredentials.Credential("robot", Secret.of("pw"), true));
        assertThat(service.analyze(body("shop/app:1")).string("state")).hasValue("done");
        service.api.as(service.other, Role.ADMIN);
        assertThat(service.analyze(body("shop/app:1")).string("state")).hasValue("poison");
    }

    @Test
    void asksNoRegistryThatIsNotAllowed() {
        service.refused.add(registry.host());
        var answer = service.api.post("/api/v1/images", body("shop/app:1"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("none of those that this service may ask");
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void whatIsNotThereIsPoisonAtOnce() {
        var job = service.analyze(body("shop/nothing:1"));
        assertThat(job.string("state")).hasValue("poison");
        assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(1);
        assertThat(job.string("reason").orElse("")).contains("shop/nothing:1", "has no such image");
        assertThat(service.texts("select name || ' ' || payload from event"))
                .singleElement()
                .asString()
                .contains("shop/nothing:1 {\"state\":\"failed\",\"reason\":");
        assertThat(service.texts("select digest from image")).isEmpty();
    }

    @Test
    void aRegistryThatLiesIsAskedAgainAndNotBelieved() {
        var layer = ONE.blobs().values().iterator().next();
        var lie = layer.clone();
        lie[lie.length - 1] ^= 1;
        registry.on(TestRegistry.blobPath("shop/app", layer), exchange -> TestRegistry.blob(exchange, lie));
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).hasValue("poison");
        assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(3);
        var image = service.image(digest(ONE));
        assertThat(image.string("state")).hasValue("failed");
        assertThat(image.string("reason")).isEqualTo(job.string("reason"));
        assertThat(service.stored).isEmpty();
        assertThat(service.texts("select payload from event"))
                .singleElement()
                .asString()
                .contains(digest(ONE), "failed");

        registry.serving("shop/app", "1", ONE);
        service.api.post("/api/v1/jobs/" + job.number("id").orElseThrow() + "/retry", "");
        assertThat(service.ended(job).string("state")).hasValue("done");
        assertThat(service.image(digest(ONE)).string("state")).hasValue("analyzed");
        assertThat(service.image(digest(ONE)).string("reason")).isEmpty();
    }

    @Test
    void aRegistryThatComesBackIsHeardOut() {
        var asked = new AtomicInteger();
        registry.everywhere(inner -> exchange -> {
            if (exchange.getRequestURI().getPath().contains("/manifests/") && asked.incrementAndGet() == 1) {
                TestRegistry.answer(exchange, 418, "{}");
            } else {
                inner.handle(exchange);
            }
        });
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).as(job.string("reason").orElse("")).hasValue("done");
        assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(2);
    }

    @Test
    void aRegistryThatHangsIsGivenUp() throws IOException {
        var layer = ONE.blobs().values().iterator().next();
        var over = new CountDownLatch(1);
        registry.on(TestRegistry.blobPath("shop/app", layer), exchange -> {
            exchange.sendResponseHeaders(200, layer.length);
            exchange.getResponseBody().write(layer, 0, 10);
            exchange.getResponseBody().flush();
            waitFor(over);
        });
        var limits = new AnalysisLimits(
                Duration.ofMillis(700), Duration.ofSeconds(5), 1 << 20, 1, AnalysisLimits.DEFAULTS.image());
        try (var impatient = new TestService(folder.resolve("impatient"), limits)) {
            var job = impatient.analyze(body("shop/app:1"));
            assertThat(job.string("state")).hasValue("poison");
            assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(3);
            assertThat(job.string("reason").orElse(""))
                    .contains("took longer than 0.7 s")
                    .doesNotContain("--");
            assertThat(impatient.image(digest(ONE)).string("state")).hasValue("failed");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aRegistryThatIsDownIsToldOf() throws IOException {
        registry.close();
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).hasValue("poison");
        assertThat(job.string("reason").orElse("")).contains(registry.host());
        assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(3);
    }

    @Test
    void anImageThatIsTooLargeIsNotPulled() {
        var large = ImageBytes.image().plain(new byte[2 << 20]);
        registry.serving("shop/large", "1", large);
        var job = service.analyze(body("shop/large:1"));
        assertThat(job.string("state")).hasValue("poison");
        assertThat(job.string("reason").orElse("")).contains("this service reads images of 1048576 at most");
        assertThat(blobs()).as("nothing but the configuration").isEqualTo(1);
    }

    @Test
    void allOrNothingIsStored() {
        service.failStored = true;
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).hasValue("poison");
        assertThat(service.image(digest(ONE)).string("state")).hasValue("failed");
        assertThat(service.texts("select tag from tag")).isEmpty();
        assertThat(service.texts("select payload from event where payload like '%analyzed%'"))
                .isEmpty();
        assertThat(service.judged).isEmpty();
    }

    @Test
    void goesOnFromWhatIsStored() {
        service.failJudging.set(1);
        var job = service.analyze(body("shop/app:1"));
        assertThat(job.string("state")).hasValue("done");
        assertThat(job.number("attempts").orElseThrow().intValue()).isEqualTo(2);
        assertThat(service.judged).hasSize(1);
        assertThat(service.stored).hasSize(1);
        assertThat(blobs()).isEqualTo(2);
        assertThat(service.texts("select kind from event")).containsExactly("analysis_update");
    }

    @Test
    void whoAsksWhileAnotherIsServedHasATurnOfHisOwn() throws Exception {
        var reading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        service.scan = (_, image, options) -> {
            reading.countDown();
            waitFor(gate);
            return ImageScanner.scan(image, options);
        };
        var first =
                service.api.post("/api/v1/images", body("shop/app:1")).json().object("job");
        reading.await();
        registry.serving("shop/app", "1", TWO);
        var second =
                service.api.post("/api/v1/images", body("shop/app:1")).json().object("job");
        assertThat(second.number("id")).isNotEqualTo(first.number("id"));
        gate.countDown();
        service.ended(first);
        assertThat(service.ended(second).object("result").string("digest")).hasValue(digest(TWO));
        assertThat(service.texts("select digest from image join tag on tag.image_id = image.id where to_at is null"))
                .containsExactly(digest(TWO));
    }

    @Test
    void oneImageUnderTwoTagsIsReadOnce() throws Exception {
        registry.serving("shop/app", "latest", ONE);
        var reading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        service.scan = (_, image, options) -> {
            reading.countDown();
            waitFor(gate);
            return ImageScanner.scan(image, options);
        };
        var first =
                service.api.post("/api/v1/images", body("shop/app:1")).json().object("job");
        reading.await();
        var second = service.api
                .post("/api/v1/images", body("shop/app:latest"))
                .json()
                .object("job");
        TestService.await(() -> service.api
                .get("/api/v1/jobs/" + second.number("id").orElseThrow())
                .json()
                .string("reason")
                .equals(java.util.Optional.of("another job reads the same image")));
        gate.countDown();
        service.ended(first);
        assertThat(service.ended(second).string("state")).hasValue("done");
        assertThat(service.stored).hasSize(1);
        assertThat(blobs()).isEqualTo(2);
        assertThat(service.image(digest(ONE)).strings("names")).hasSize(2);
    }

    private static void waitFor(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Test
    void aCancelledAnalysisStopsReading() throws Exception {
        var reading = new CountDownLatch(1);
        service.scan = (_, image, options) -> {
            reading.countDown();
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            return ImageScanner.scan(image, options);
        };
        var job = service.api.post("/api/v1/images", body("shop/app:1")).json().object("job");
        reading.await();
        assertThat(service.api
                        .delete("/api/v1/jobs/" + job.number("id").orElseThrow())
                        .status())
                .isEqualTo(200);
        assertThat(service.ended(job).string("state")).hasValue("cancelled");
        assertThat(service.image(digest(ONE)).string("state")).hasValue("failed");
        assertThat(service.image(digest(ONE)).string("reason")).hasValue("somebody cancelled it");
        assertThat(service.texts("select kind from event")).isEmpty();
    }

    @Test
    void refusesWhatIsNoSubmission() {
        assertThat(service.api
                        .post("/api/v1/images", "{\"reference\":\"shop/UPPER\"}")
                        .status())
                .isEqualTo(400);
        assertThat(service.api
                        .post("/api/v1/images", "{\"reference\":\"x\",\"platform\":\"x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(service.api
                        .post("/api/v1/images", "{\"reference\":\"x\",\"forced\":true}")
                        .text())
                .contains("/forced");
        assertThat(service.api
                        .post("/api/v1/images", "{\"reference\":\"x\",\"force\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(service.api
                        .post("/api/v1/images", "{\"reference\":\"x\",\"watch_seconds\":5}")
                        .text())
                .contains("between 60 and");
        assertThat(service.api
                        .post("/api/v1/images", body("shop/app@" + digest(ONE)).replace("}", ",\"watch_seconds\":60}"))
                        .status())
                .isEqualTo(400);
    }
}
