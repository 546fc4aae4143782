package dev.plimsoll.server.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindingRoutesTest {

    @TempDir
    private Path folder;

    private World world;
    private TestApi api;
    private long other;

    private final Records records = new Records()
            .add("GHSA-1", List.of("CVE-2025-1001"), "HIGH", Records.npm("left", "2.0.0"))
            .add("GHSA-2", List.of("CVE-2025-1002"), "LOW", Records.npm("left", ""))
            .add("CVE-2025-5", List.of(), "CRITICAL", Records.debian("zlib", "2-1"))
            .add("GHSA-3", List.of("CVE-2025-1003"), "HIGH", Records.npm("owned", "9.0.0"));

    @BeforeEach
    void start() throws IOException {
        world = new World(folder);
        other = TestApi.account(world.test.database(), "two");
        var routes = new ArrayList<Route>(new FindingRoutes(world.test.database()).routes());
        routes.addAll(
                new RevisionRoutes(world.test.database(), world.imports, RevisionAudit.NONE, () -> world.now).routes());
        api = new TestApi(routes).as(world.account, Role.VIEWER);
        world.image(
                "shop",
                Images.of(
                        "debian:12",
                        List.of(
                                Images.npm("left", "1.0.0", 0),
                                Images.deb("zlib", "1-1", 0),
                                Images.owned("owned", "1.0.0", 1))));
        world.image("clean", Images.of("debian:12", List.of(Images.deb("zlib", "3-1", 0))));
        world.image(other, "theirs", Images.of("debian:12", List.of(Images.npm("left", "1.0.0", 0))));
        records.known.add("CVE-2025-5");
        world.revise(records);
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    private static String digest(int image) {
        return "sha256:" + "%064d".formatted(image);
    }

    private List<String> ids(String query) {
        var answer = api.get("/api/v1/images/" + digest(1) + "/findings" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().objects("items").stream()
                .map(item -> item.string("id").orElseThrow())
                .toList();
    }

    @Test
    void listsWhatIsFound() {
        assertThat(ids("")).containsExactly("CVE-2025-1001", "CVE-2025-1002", "CVE-2025-5");
        assertThat(ids("?severity=high")).containsExactly("CVE-2025-1001", "CVE-2025-5");
        assertThat(ids("?fixable=true")).containsExactly("CVE-2025-1001", "CVE-2025-5");
        assertThat(ids("?fixable=false")).containsExactly("CVE-2025-1002");
        assertThat(ids("?known_exploited=true")).containsExactly("CVE-2025-5");
        assertThat(ids("?known_exploited=false")).containsExactly("CVE-2025-1001", "CVE-2025-1002");
        assertThat(ids("?suppressed=true")).containsExactly("CVE-2025-1003");
        assertThat(ids("?at=2020-01-01T00:00:00Z")).isEmpty();
        var item = api.get("/api/v1/images/" + digest(1) + "/findings?known_exploited=true")
                .json()
                .objects("items")
                .getFirst();
        assertThat(item.get("known_exploited")).hasValue(new JsonBoolean(true));
        assertThat(item.string("known_exploited_due")).hasValue("2026-02-01");
        assertThat(item.strings("fixed_in")).containsExactly("2-1");
        assertThat(item.string("purl")).hasValue("pkg:deb/zlib@1-1");
        assertThat(api.get("/api/v1/images/" + digest(1) + "/findings?severity=awful")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/images/" + digest(3) + "/findings").status())
                .as("another account's")
                .isEqualTo(404);
    }

    @Test
    void pagesAreWhole() {
        var all = new ArrayList<String>();
        var next = "";
        do {
            JsonObject page = api.get("/api/v1/images/" + digest(1) + "/findings?limit=1" + next)
                    .json();
            page.objects("items").forEach(item -> all.add(item.string("id").orElseThrow()));
            next = page.string("next").map(cursor -> "&cursor=" + cursor).orElse("");
        } while (!next.isEmpty());
        assertThat(all).containsExactly("CVE-2025-1001", "CVE-2025-1002", "CVE-2025-5");
        assertThat(api.get("/api/v1/images/" + digest(1) + "/findings?cursor=AAAA")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void wasFoundThen() throws IOException {
        var then = world.now;
        world.revise(new Records().add("GHSA-9", List.of(), "LOW", Records.npm("other", "")));
        assertThat(ids("")).isEmpty();
        assertThat(ids("?at=" + then)).hasSize(3);
        assertThat(ids("?known_exploited=true&at=" + then)).containsExactly("CVE-2025-5");
    }

    @Test
    void tellsWhichImagesAVulnerabilityHits() {
        for (var id : List.of("CVE-2025-1001", "GHSA-1")) {
            var items =
                    api.get("/api/v1/vulnerabilities/" + id + "/images").json().objects("items");
            assertThat(items).singleElement().satisfies(item -> {
                assertThat(item.string("digest")).hasValue(digest(1));
                assertThat(item.strings("names")).containsExactly("registry.example/shop:latest");
                assertThat(item.objects("packages"))
                        .singleElement()
                        .satisfies(hit -> assertThat(hit.string("package")).hasValue("left"));
            });
        }
        assertThat(api.get("/api/v1/vulnerabilities/CVE-2025-1003/images")
                        .json()
                        .objects("items"))
                .as("it does not count")
                .isEmpty();
        assertThat(api.as(other, Role.VIEWER)
                        .get("/api/v1/vulnerabilities/CVE-2025-1001/images")
                        .json()
                        .objects("items"))
                .singleElement()
                .satisfies(item -> assertThat(item.string("digest")).hasValue(digest(3)));
    }

    @Test
    void revisionsAreListedAndDecided() throws IOException {
        world.settings = RevisionSettings.DEFAULT;
        var many = records.copy();
        for (int i = 0; i < 40; i++) {
            many.add("GHSA-x" + i, List.of(), "LOW", Records.npm("package" + i, "1.0.0"));
        }
        var big = world.revise(many);
        var changes = api.get("/api/v1/revisions/" + big + "/changes?limit=15").json();
        assertThat(changes.objects("items")).hasSize(15);
        assertThat(changes.objects("items").getFirst().string("kind")).hasValue("added");
        assertThat(api.get("/api/v1/revisions/" + big + "/changes?limit=100&cursor="
                                + changes.string("next").orElseThrow())
                        .json()
                        .objects("items"))
                .hasSize(25);
        var held = world.revise(records);
        var detail = api.get("/api/v1/revisions/" + held).json();
        assertThat(detail.string("state")).hasValue("held");
        assertThat(detail.object("summary").number("withdrawn").orElseThrow().intValue())
                .isEqualTo(40);
        assertThat(api.post("/api/v1/revisions/" + held + "/release", "").status())
                .isEqualTo(403);
        api.as(new Principal(world.account, "one", "root", EnumSet.allOf(Permission.class)));
        assertThat(api.post("/api/v1/revisions/" + big + "/release", "").status())
                .isEqualTo(409);
        assertThat(api.post("/api/v1/revisions/99/refuse", "").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/revisions/" + held + "/refuse", "").json().string("state"))
                .hasValue("refused");
        var again = world.revise(records);
        assertThat(api.post("/api/v1/revisions/" + again + "/release", "")
                        .json()
                        .string("state"))
                .hasValue("checking");
        world.work();
        assertThat(api.get("/api/v1/revisions?limit=1").json().objects("items").getFirst())
                .satisfies(item -> {
                    assertThat(item.string("state")).hasValue("active");
                    assertThat(item.string("decided_by")).hasValue("root");
                });
        assertThat(api.post("/api/v1/revisions", "no database").status()).isEqualTo(422);
    }
}
