package dev.plimsoll.server.images;

import static dev.plimsoll.server.images.TestImages.alpine;
import static dev.plimsoll.server.images.TestImages.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.registry.TestRegistry;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.report.sbom.SbomFormats;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.testing.TestApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Facts that go in and come out.
@Timeout(60)
final class InventoryRoutesTest {

    private static final ImageBytes ONE = alpine("1.0-r0");

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

    private byte[] streamed(String target) throws IOException {
        var reply = service.api.get(target).reply();
        assertThat(reply).isInstanceOf(Reply.Streamed.class);
        var out = new ByteArrayOutputStream();
        ((Reply.Streamed) reply).content().writeTo(out);
        return out.toByteArray();
    }

    private byte[] inventory() throws IOException {
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:1\"}");
        return streamed("/api/v1/images/" + digest(ONE) + "/inventory");
    }

    @Test
    void comesOutAsItWasStored() throws IOException {
        var inventory = InventoryReader.read(inventory());
        assertThat(inventory.packages()).hasSize(2);
        for (var format : SbomFormats.all()) {
            assertThat(new String(
                            streamed("/api/v1/images/" + digest(ONE) + "/sbom?format=" + format.name()),
                            StandardCharsets.UTF_8))
                    .as(format.name())
                    .contains("musl");
        }
        assertThat(service.api
                        .get("/api/v1/images/" + digest(ONE) + "/sbom?format=excel")
                        .text())
                .contains("cyclonedx-json");
    }

    @Test
    void takesTheFactsOfAPipeline() throws IOException {
        var document = inventory();
        for (var body : java.util.List.of(document, ImageBytes.gzipped(document))) {
            try (var fresh = new TestService(Files.createTempDirectory(folder, "fresh"))) {
                var answer = push(fresh, body, "shop.example/app:2");
                assertThat(answer.status()).isEqualTo(202);
                var told = new TestApi.Answer(answer).json();
                assertThat(told.object("image").string("digest")).hasValue(digest(ONE));
                assertThat(told.object("image").strings("names")).containsExactly("shop.example/app:2");
                assertThat(fresh.ended(told.object("job")).string("state")).hasValue("done");
                assertThat(fresh.judged).hasSize(1);
                assertThat(fresh.stored).hasSize(1);
                push(fresh, body, "shop.example/app:2");
                assertThat(fresh.stored).as("the same again").hasSize(1);
                assertThat(fresh.texts("select kind from event")).containsExactly("analysis_update");
            }
        }
    }

    @Test
    void takesAnImageWithoutDigestsByItsDocument() throws IOException {
        var text = new String(inventory(), StandardCharsets.UTF_8)
                .replaceAll("\"(id|manifestDigest)\":\"sha256:[0-9a-f]{64}\",", "");
        var answer = push(service, text.getBytes(StandardCharsets.UTF_8), "shop.example/app:3");
        assertThat(answer.status()).isEqualTo(202);
        var digest = new TestApi.Answer(answer)
                .json()
                .object("image")
                .string("digest")
                .orElseThrow();
        assertThat(digest).isNotEqualTo(digest(ONE));
        assertThat(service.texts("select inventory_object from image where digest = '" + digest + "'"))
                .containsExactly(digest);
    }

    @Test
    void refusesWhatIsNone() {
        assertThat(push(service, "{}".getBytes(StandardCharsets.UTF_8), "a:1").status())
                .isEqualTo(400);
        assertThat(push(service, new byte[] {0x1f, (byte) 0x8b, 1, 2}, "a:1").status())
                .isEqualTo(400);
        var message = new TestApi.Answer(push(service, "[".getBytes(StandardCharsets.UTF_8), "a:1")).text();
        assertThat(message).contains("no inventory").doesNotContain(folder.toString());
        assertThat(push(service, "{}".getBytes(StandardCharsets.UTF_8), "a@" + digest(ONE))
                        .status())
                .isEqualTo(400);
        assertThat(service.texts("select digest from image")).isEmpty();
    }

    @Test
    void stopsUnpackingWhatNeverEnds() {
        var packed = ImageBytes.gzipped(new byte[1 << 20]);
        assertThat(packed.length).isLessThan(10_000);
        assertThatThrownBy(() -> new PushedInventory(folder, 1 << 19).read(new ByteArrayInputStream(packed)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @Test
    void saysWhyThereIsNoneYet() {
        service.scan = (_, _, _) -> {
            throw new IOException("layer 2 is broken");
        };
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:1\"}");
        var answer = service.api.get("/api/v1/images/" + digest(ONE) + "/inventory");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("it is failed: layer 2 is broken");
        assertThat(service.api.get("/api/v1/images/" + digest(ONE) + "/sbom").status())
                .isEqualTo(409);
    }

    private Reply push(TestService to, byte[] body, String name) {
        var route = to.route("POST /api/v1/images/inventory");
        var principal = TestService.principal(to.account, Role.CI);
        try {
            return route.handler()
                    .handle(new Request(
                            principal,
                            Map.of(),
                            Map.of("name", name),
                            Map.of(),
                            "127.0.0.1",
                            new ByteArrayInputStream(body)));
        } catch (ProblemException e) {
            return Reply.json(e.status(), json -> json.object(() -> json.member("detail", e.detail())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
