package dev.plimsoll.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The routes that judge, as callers see them.
final class RoutesTest {

    @TempDir
    private Path folder;

    private Service service;
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        service = new Service(folder);
        api = service.api;
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String header(TestApi.Answer answer, String name) {
        return answer.reply().headers().getOrDefault(name, "");
    }

    @Test
    void bundlesAreVersioned() {
        var document = Service.bundle("b", "high", "{}");
        var first = api.post("/api/v1/bundles", document);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().number("version").orElseThrow().intValue()).isEqualTo(1);
        // white space is no other meaning
        assertThat(api.post("/api/v1/bundles", document + "\n").status()).isEqualTo(200);
        var second = api.post("/api/v1/bundles", Service.bundle("b", "low", "{}"));
        assertThat(second.json().number("version").orElseThrow().intValue()).isEqualTo(2);
        assertThat(api.post("/api/v1/bundles", Service.bundle("c", "low", "{}"))
                        .json()
                        .number("version")
                        .orElseThrow()
                        .intValue())
                .isEqualTo(1);
        var page = api.get("/api/v1/bundles?limit=2").json();
        assertThat(page.objects("items"))
                .extracting(item -> item.string("bundle_id").orElseThrow())
                .containsExactly("c", "b");
        var next = api.get(
                        "/api/v1/bundles?limit=2&cursor=" + page.string("next").orElseThrow())
                .json();
        assertThat(next.objects("items")).hasSize(1);
        assertThat(next.string("next")).isEmpty();
        var id = first.json().number("id").orElseThrow();
        var got = api.get("/api/v1/bundles/" + id);
        assertThat(got.json().string("document")).contains(document);
        assertThat(api.ask("GET", "/api/v1/bundles/" + id, "", Map.of("if-none-match", header(got, "etag")))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void yamlIsKeptAsItCame() {
        var document = """
                # what we demand
                id: y
                name: Y
                version: "2"
                rule_sets:
                  - {id: s, name: S, version: "2", rules: []}
                mappings:
                  - {id: m, name: M, registry: "*", repository: "*", image: {type: tag, value: "*"}, rule_set_ids: [s], allowlist_ids: []}
                """;
        var added = api.post("/api/v1/bundles", document);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(api.get(header(added, "location")).json().string("document")).contains(document);
    }

    @Test
    void bundleWithErrorsIsRefusedWithAllOfThem() {
        var refused =
                api.post("/api/v1/bundles", Service.bundle("b", "hihg", "{}").replace("\"package\"", "\"pakage\""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(((Reply.Document) refused.reply()).mediaType()).isEqualTo("application/problem+json");
        var problems = refused.json().objects("problems");
        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().string("place").orElseThrow()).startsWith("/rule_sets/0/rules/0");
        assertThat(problems.getFirst().string("message").orElseThrow()).contains("package");
        assertThat(api.post("/api/v1/bundles", "{").status()).isEqualTo(422);
        assertThat(api.get("/api/v1/bundles").json().objects("items")).isEmpty();
    }

    @Test
    void oneBundleJudgesAtATime() throws Exception {
        long one = service.activate(Service.bundle("b", "high", "{}"));
        long two = service.activate(Service.bundle("c", "high", "{}"));
        assertThat(service.all("select bundle_id from activation where to_at is null", Long.class))
                .containsExactly(two);
        assertThat(api.get("/api/v1/bundles").json().objects("items").stream()
                        .filter(item ->
                                item.get("active").orElseThrow().toString().contains("true"))
                        .count())
                .isEqualTo(1);
        // activating what is active does nothing
        var again = api.post("/api/v1/bundles/" + two + "/activate", "");
        assertThat(again.json().get("job").orElseThrow().typeName()).isEqualTo("null");
        assertThat(service.one("select count(*) from activation", Integer.class))
                .isEqualTo(2);
        assertThat(api.delete("/api/v1/bundles/" + two).status()).isEqualTo(409);
        assertThat(api.delete("/api/v1/bundles/" + one).status()).isEqualTo(409);
        var third = api.post("/api/v1/bundles", Service.bundle("d", "high", "{}"));
        assertThat(api.delete(header(third, "location")).status()).isEqualTo(204);
        assertThat(api.get(header(third, "location")).status()).isEqualTo(404);
    }

    @Test
    void waiversAreReadAndTheirMistakesTold() {
        var good =
                "version: 1\nwaivers:\n  - {id: w, scope: {ids: [CVE-1]}, reason: accepted-risk, text: t, owner: o}\n";
        var put = api.put("/api/v1/waivers/team.yaml", good);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        // it never ends
        assertThat(put.json().objects("warnings")).hasSize(1);
        assertThat(put.json().number("job")).isPresent();
        // the same again is no change
        assertThat(api.put("/api/v1/waivers/team.yaml", good).json().number("job"))
                .isEmpty();
        assertThat(api.put("/api/v1/waivers/bad", good.replace("reason", "raeson"))
                        .status())
                .isEqualTo(422);
        var second = api.put("/api/v1/waivers/other", good);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.text()).contains("other: the waiver 'w' stands in team.yaml too");
        assertThat(api.put("/api/v1/waivers/..%2Fetc", good).status()).isEqualTo(400);
        assertThat(api.get("/api/v1/waivers").json().objects("items")).hasSize(1);
        assertThat(api.get("/api/v1/waivers/team.yaml").json().string("document"))
                .contains(good);
        assertThat(api.delete("/api/v1/waivers/team.yaml").status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/waivers/team.yaml").status()).isEqualTo(404);
        assertThat(service.one("select count(*) from waiver_file", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void verdictIsReadByDigestNameAndTime() throws Exception {
        service.activate(Service.bundle("b", "high", "{}"));
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        var path = "/api/v1/images/" + service.digest(image);
        assertThat(api.get(path + "/verdict").status()).isEqualTo(409);
        service.judge(image, Cause.IMAGE_CHANGED);
        var before = service.now();
        service.days(1).revision();
        service.judge(image, Cause.ADVISORY_WITHDRAWN);
        var now = api.get(path + "/verdict").json();
        assertThat(now.string("decision")).contains("pass");
        assertThat(now.strings("causes")).containsExactly("ADVISORY_WITHDRAWN");
        assertThat(now.object("bundle").string("id")).contains("b");
        var then = api.get(path + "/verdict?at=" + before + "&name=registry.example/shop:1")
                .json();
        assertThat(then.string("decision")).contains("fail");
        assertThat(then.string("until")).contains(service.now().toString());
        assertThat(then.object("by_which_data")
                        .object("revision")
                        .number("id")
                        .orElseThrow()
                        .intValue())
                .isEqualTo(1);
        assertThat(api.get(path + "/verdict?name=registry.example/other:1").status())
                .isEqualTo(404);
        assertThat(api.get(path + "/verdict?at=2020-01-01T00:00:00Z").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/images/sha256:" + "f".repeat(64) + "/verdict")
                        .status())
                .isEqualTo(404);
        var history = api.get(path + "/verdicts?limit=1").json();
        assertThat(history.objects("items").getFirst().string("decision")).contains("pass");
        var older = api.get(path + "/verdicts?limit=1&cursor="
                        + history.string("next").orElseThrow())
                .json();
        assertThat(older.objects("items").getFirst().string("decision")).contains("fail");
        // what another account has nobody sees
        long other = TestApi.account(service.test.database(), "second");
        api.as(other, Role.ADMIN);
        assertThat(api.get(path + "/verdict").status()).isEqualTo(404);
        assertThat(api.get(path + "/verdict?at=" + before).status()).isEqualTo(404);
        assertThat(api.get(path + "/verdicts").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/check?reference=registry.example/shop:1").status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/bundles").json().objects("items")).isEmpty();
        assertThat(api.get("/api/v1/bundles/1").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/bundles/1/activate", "").status()).isEqualTo(404);
    }

    @Test
    void checkFindsImagesByNameAndDigestAndAsOfThen() throws Exception {
        long bundle = service.activate(Service.bundle("b", "high", "{}"));
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        var table = api.get("/api/v1/check?reference=registry.example/shop:1&width=80");
        assertThat(table.status()).isEqualTo(200);
        assertThat(header(table, "plimsoll-decision")).isEqualTo("fail");
        assertThat(header(table, "plimsoll-exit-code")).isEqualTo("2");
        assertThat(table.text()).contains("registry.example/shop:1", "lodash", "4.17.21");
        assertThat(table.text().lines().mapToInt(String::length).max().orElseThrow())
                .isLessThanOrEqualTo(80);
        assertThat(api.get("/api/v1/check?reference=" + service.digest(image)).text())
                .isEqualTo(api.get("/api/v1/check?reference=registry.example/shop:1")
                        .text());
        var then = service.now();
        service.days(1);
        long newer = service.image("registry.example/shop:1", "lodash@4.17.21");
        service.judge(newer, Cause.IMAGE_CHANGED);
        service.activate(Service.bundle("b", "low", "{}"));
        assertThat(header(api.get("/api/v1/check?reference=registry.example/shop:1"), "plimsoll-digest"))
                .isEqualTo(service.digest(newer));
        var past = api.get("/api/v1/check?format=json&reference=registry.example/shop:1&at=" + then);
        assertThat(header(past, "plimsoll-digest")).isEqualTo(service.digest(image));
        assertThat(past.json().object("verdict").string("imageName")).contains("registry.example/shop:1");
        var other = api.get("/api/v1/check?format=json&reference=" + service.digest(newer) + "&bundle=" + bundle);
        assertThat(header(other, "plimsoll-exit-code")).isEqualTo("0");
        assertThat(api.get("/api/v1/check?reference=registry.example/none:1").text())
                .contains("POST /api/v1/images");
        assertThat(api.get("/api/v1/check").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/check?reference=registry.example/shop:1&format=x")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/check?reference=registry.example/shop:1&bundle=99")
                        .status())
                .isEqualTo(404);
        service.test.database().jdbi().useHandle(handle -> handle.execute("update image set state = 'queued'"));
        assertThat(api.get("/api/v1/check?reference=registry.example/shop:1").status())
                .isEqualTo(409);
    }

    @Test
    void unknownAndMissingHaveExitCodesOfTheirOwn() throws Exception {
        long image = service.image("registry.example/shop:1", "lodash@4.17.0");
        var path = "/api/v1/check?reference=" + service.digest(image);
        assertThat(header(api.get(path), "plimsoll-exit-code")).isEqualTo("4");
        service.activate(
                Service.bundle("b", "high", "{}").replace("\"registry\": \"*\"", "\"registry\": \"other.example\""));
        assertThat(header(api.get(path), "plimsoll-exit-code")).isEqualTo("3");
    }

    @Test
    void whatIfIsWhatEachImageWouldBe() throws Exception {
        service.activate(Service.bundle("b", "critical", "{}"));
        service.revision("lodash HIGH 4.17.21", "axios CRITICAL 1.5.0");
        for (int i = 0; i < 6; i++) {
            service.judge(service.image(
                    i % 2 == 0 ? "registry.example/shop" + i + ":1" : "",
                    "lodash@4.17." + (20 + i % 3),
                    "axios@1." + (4 + i) + ".0"));
        }
        var rows = service.one("select count(*) from verdict", Integer.class);
        long candidate = api.post("/api/v1/bundles", Service.bundle("c", "high", "{}"))
                .json()
                .number("id")
                .orElseThrow()
                .longValue();
        assertThat(api.post("/api/v1/what-ifs", "{\"bundle\": 99}").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/what-ifs", "{}").status()).isEqualTo(400);
        var queued = api.post("/api/v1/what-ifs", "{\"bundle\": " + candidate + "}");
        assertThat(queued.status()).isEqualTo(202);
        var place = header(queued, "location");
        assertThat(api.get(place).json().string("state")).contains("queued");
        assertThat(api.get(place + "?format=table").status()).isEqualTo(409);
        service.work();
        var done = api.get(place).json();
        assertThat(done.string("state")).contains("done");
        var flipped = done.object("simulation").objects("flippedImages");
        var simulated = flipped.stream()
                .map(image -> image.string("file").orElseThrow())
                .sorted()
                .toList();
        var single = service.all("select digest from image", String.class).stream()
                .filter(digest -> !header(api.get("/api/v1/check?reference=" + digest), "plimsoll-decision")
                        .equals(header(
                                api.get("/api/v1/check?reference=" + digest + "&bundle=" + candidate),
                                "plimsoll-decision")))
                .sorted()
                .toList();
        assertThat(simulated).isEqualTo(single).isNotEmpty();
        assertThat(api.get(place + "?format=table").text()).contains("VERDICT", "rule r (vulnerabilities:package)");
        assertThat(service.one("select count(*) from verdict", Integer.class)).isEqualTo(rows);
        assertThat(api.get("/api/v1/what-ifs").json().objects("items")).hasSize(1);
    }

    @Test
    void checkWithinTheSecondOfTheAnalysisKnowsWhenTimeToMendBegan() throws Exception {
        service.revision("lodash HIGH 4.17.21");
        service.activate(Service.bundle("b", "high", "{\"grace\": [{\"days\": 7, \"from\": \"first_seen\"}]}"));
        service.milliseconds(500).image("registry.example/a:1", "lodash@4.17.0");
        service.milliseconds(100);
        assertThat(header(api.get("/api/v1/check?reference=registry.example/a:1"), "plimsoll-decision"))
                .isEqualTo("pass");
    }

    @Test
    void replayKnowsOfExploitationWhatWasKnownThen() throws Exception {
        service.exploit("CVE-2026-0002");
        service.revision("lodash HIGH 4.17.21 CVE-2026-0001");
        long image = service.image("registry.example/a:1", "lodash@4.17.0");
        service.judge(image, Cause.IMAGE_CHANGED);
        service.seconds(60);
        var then = service.now();
        service.seconds(60);
        // under the same revision, as of one that is held
        service.exploit("CVE-2026-0001");
        var check = "/api/v1/check?reference=registry.example/a:1";
        assertThat(header(api.get(check), "plimsoll-decision")).isEqualTo("fail");
        assertThat(header(api.get(check + "&at=" + then), "plimsoll-decision")).isEqualTo("pass");
    }

    @Test
    void forecastCountsImagesThatWouldFlip() throws Exception {
        service.activate(Service.bundle("b", "high", "{}"));
        service.revision("lodash HIGH 4.17.21");
        long bad = service.image("registry.example/a:1", "lodash@4.17.0");
        long good = service.image("registry.example/b:1", "axios@1.0.0");
        long other = service.image("registry.example/c:1", "react@1.0.0");
        for (var image : List.of(bad, good, other)) {
            service.judge(image, Cause.IMAGE_CHANGED);
        }
        long candidate = service.revision("axios HIGH 1.5.0");
        service.test.database().jdbi().useHandle(handle -> {
            handle.execute("update revision set state = 'held' where id = " + candidate);
            handle.execute("update revision set state = 'active' where id = 1");
        });
        // new data must not wait for an image that cannot be read
        long broken = service.image("registry.example/d:1", "vue@1.0.0");
        service.judge(broken, Cause.IMAGE_CHANGED);
        service.test
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update image set inventory_object = 'sha256:" + "0".repeat(64) + "' where id = " + broken));
        var forecast = new FlipForecast(service.test.database(), service.judge, service.sweep)
                .of(
                        AdvisoryData.Revision.of(Objects.requireNonNull(service.revisions.get(candidate))),
                        List.of(bad, good, other, broken, 99L));
        assertThat(forecast).isEqualTo(new FlipForecast.Forecast(3, 1, 1));
        assertThat(service.one("select count(*) from verdict", Integer.class)).isEqualTo(4);
    }

    @Test
    void sweepPassesOverWhatIsGoneAndTellsWhatFailed() throws Exception {
        service.activate(Service.bundle("b", "high", "{}"));
        service.revision("lodash HIGH 4.17.21");
        long image = service.image("registry.example/a:1", "lodash@4.17.0");
        var causes = Set.of(Cause.IMAGE_CHANGED);
        assertThat(service.sweep.judge(Map.of(image, causes, 99L, causes))).isEqualTo(1);
        assertThat(service.sweep.judge(Map.of(image, causes))).isZero();
    }

    @Test
    void needsOfTheActiveBundleAreTold() throws Exception {
        var needs = new AnalysisNeeds(service.test.database(), service.judge);
        // the default bundle asks for secrets
        assertThat(needs.of(service.account).secrets()).isTrue();
        service.activate(Service.bundle("b", "high", "{}"));
        assertThat(needs.of(service.account).secrets()).isFalse();
    }
}
