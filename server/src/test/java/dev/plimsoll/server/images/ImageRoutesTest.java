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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lists, shows and deletes.
@Timeout(60)
final class ImageRoutesTest {

    private static final List<ImageBytes> IMAGES =
            List.of(alpine("1.0-r0"), alpine("2.0-r0"), alpine("3.0-r0"), alpine("4.0-r0"), alpine("5.0-r0"));

    @TempDir
    Path folder;

    private TestRegistry registry;
    private TestService service;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start();
        service = new TestService(folder);
        for (int i = 0; i < IMAGES.size(); i++) {
            var repository = i < 3 ? "shop/app" : "shop/other";
            registry.serving(repository, "v" + i, IMAGES.get(i));
            service.analyze("{\"reference\":\"" + registry.host() + "/" + repository + ":v" + i + "\"}");
        }
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        registry.close();
    }

    private List<String> digests(String target) {
        var found = new ArrayList<String>();
        var next = target;
        while (true) {
            var answer = service.api.get(next);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            var page = answer.json();
            assertThat(page.array("items").size()).isLessThanOrEqualTo(2);
            page.objects("items")
                    .forEach(item -> found.add(item.string("digest").orElseThrow()));
            if (page.string("next").isEmpty()) {
                return found;
            }
            next = target + "&cursor=" + page.string("next").get();
        }
    }

    private static List<String> of(int... indices) {
        var found = new ArrayList<String>();
        for (var index : indices) {
            found.add(digest(IMAGES.get(index)));
        }
        return found;
    }

    @Test
    void listsByPageAndFilter() {
        assertThat(digests("/api/v1/images?limit=2")).isEqualTo(of(4, 3, 2, 1, 0));
        var repository = registry.host() + "/shop/app";
        assertThat(digests("/api/v1/images?limit=2&repository=" + repository)).isEqualTo(of(2, 1, 0));
        assertThat(digests("/api/v1/images?limit=2&tag=v3")).isEqualTo(of(3));
        assertThat(digests("/api/v1/images?limit=2&tag=v3&repository=" + repository))
                .isEmpty();
        assertThat(digests("/api/v1/images?limit=2&state=failed")).isEmpty();
        assertThat(service.api.get("/api/v1/images?state=broken").status()).isEqualTo(400);
        var first = service.api
                .get("/api/v1/images?limit=1")
                .json()
                .objects("items")
                .getFirst();
        assertThat(first.strings("names")).containsExactly(registry.host() + "/shop/other:v4");
    }

    @Test
    void anAccountSeesItsOwn() {
        var jobs = service.api.get("/api/v1/jobs").json().objects("items");
        assertThat(jobs).hasSize(5);
        var id = jobs.getFirst().number("id").orElseThrow();
        service.api.as(service.other, Role.ADMIN);
        assertThat(digests("/api/v1/images?limit=2")).isEmpty();
        assertThat(service.api.get("/api/v1/jobs").json().array("items")).isEmpty();
        assertThat(service.api.get("/api/v1/tags").json().array("items")).isEmpty();
        for (var target : List.of("", "/inventory", "/sbom")) {
            assertThat(service.api
                            .get("/api/v1/images/" + digest(IMAGES.getFirst()) + target)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(service.api
                        .delete("/api/v1/images/" + digest(IMAGES.getFirst()))
                        .status())
                .isEqualTo(404);
        assertThat(service.api.get("/api/v1/jobs/" + id).status()).isEqualTo(404);
        assertThat(service.api.get("/api/v1/jobs/" + id + "/events").status()).isEqualTo(404);
        assertThat(service.api.delete("/api/v1/jobs/" + id).status()).isEqualTo(404);
        assertThat(service.api.post("/api/v1/jobs/" + id + "/retry", "").status())
                .isEqualTo(404);
        service.api.as(service.account, Role.VIEWER);
        assertThat(digests("/api/v1/images?limit=2")).hasSize(5);
        assertThat(service.api
                        .delete("/api/v1/images/" + digest(IMAGES.getFirst()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void forgetsAnImage() {
        var target = "/api/v1/images/" + digest(IMAGES.getFirst());
        assertThat(service.api.delete(target).status()).isEqualTo(204);
        assertThat(service.api.get(target).status()).isEqualTo(404);
        assertThat(service.api.delete(target).status()).isEqualTo(404);
        assertThat(service.texts("select tag from tag")).hasSize(4);
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:v0\"}");
        assertThat(service.api.get(target).status()).isEqualTo(200);
    }

    @Test
    void tellsWhatATagWas() {
        var between = service.clock.instant();
        service.clock.advance(java.time.Duration.ofHours(1));
        registry.serving("shop/app", "v0", IMAGES.get(1));
        service.analyze("{\"reference\":\"" + registry.host() + "/shop/app:v0\"}");
        var query = "/api/v1/tags?repository=" + registry.host() + "/shop/app";
        assertThat(tags(query))
                .containsExactly(
                        "v0 " + digest(IMAGES.get(1)), "v1 " + digest(IMAGES.get(1)), "v2 " + digest(IMAGES.get(2)));
        assertThat(tags(query + "&at=" + between))
                .containsExactly(
                        "v0 " + digest(IMAGES.get(0)), "v1 " + digest(IMAGES.get(1)), "v2 " + digest(IMAGES.get(2)));
        assertThat(tags(query + "&at=2020-01-01T00:00:00Z")).isEmpty();
        var page = service.api.get("/api/v1/tags?limit=3").json();
        assertThat(page.array("items")).hasSize(3);
        assertThat(tags("/api/v1/tags?limit=3&cursor=" + page.string("next").orElseThrow()))
                .containsExactly("v3 " + digest(IMAGES.get(3)), "v4 " + digest(IMAGES.get(4)));
        assertThat(service.api.get("/api/v1/tags?cursor=e30").status()).isEqualTo(400);
    }

    private List<String> tags(String target) {
        return service.api.get(target).json().objects("items").stream()
                .map(ImageRoutesTest::tag)
                .toList();
    }

    private static String tag(JsonObject item) {
        return item.string("tag").orElseThrow() + " " + item.string("digest").orElseThrow();
    }
}
