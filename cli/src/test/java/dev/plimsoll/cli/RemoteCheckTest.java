package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.StandInServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A verdict of a server is printed and ends as one of our own.
final class RemoteCheckTest {

    private static final String IMAGE = "registry.example/shop/web:1.4";
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String SUBMITTED = "{\"image\":{\"digest\":\"" + DIGEST + "\"},\"job\":{\"id\":7}}";
    private static final String DONE = "{\"id\":7,\"state\":\"done\"}";

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4})
    void printsTheReportAndEndsAsTheServerSays(int code) {
        server.when("POST /images", Reply.json(202, SUBMITTED))
                .when(
                        "GET /jobs/7/events",
                        events("event: progress\ndata: {\"state\":\"running\"}\n\nevent: done\ndata: {}\n\n"))
                .when("GET /jobs/7", DONE)
                .when("GET /check", report(code, "FAIL  web\n"));

        var run = remote("check", IMAGE, "--platform", "linux/arm64");

        assertThat(run).isEqualTo(new Run(code, "FAIL  web\n", ""));
        assertThat(server.asked().getFirst().body().strip())
                .isEqualTo("{\"reference\":\"" + IMAGE + "\",\"platform\":\"linux/arm64\"}");
        assertThat(server.lines())
                .containsExactly(
                        "POST /images",
                        "GET /jobs/7/events",
                        "GET /jobs/7",
                        "GET /check?reference=registry.example%2Fshop%2Fweb%3A1.4&format=table&width=120");
    }

    @Test
    void asksNoJobWhereTheImageIsKnown() {
        server.when("POST /images", "{\"image\":{\"digest\":\"" + DIGEST + "\"}}")
                .when("GET /check", report(0, "PASS\n"));

        assertThat(remote("check", IMAGE)).isEqualTo(new Run(0, "PASS\n", ""));
        assertThat(server.lines()).hasSize(2);
    }

    @Test
    void writesEachFormatWhereItIsWanted() throws IOException {
        server.when("POST /images", "{}")
                .when("GET /check", report(2, "for people\n"))
                .when("GET /check", report(2, "{}\n"));

        var run = remote("check", IMAGE, "-v", "-o", "table", "-o", "json=result.json");

        assertThat(run).isEqualTo(new Run(2, "for people\n", ""));
        assertThat(folder.resolve("result.json")).hasContent("{}\n");
        assertThat(server.lines().subList(1, 3))
                .containsExactly(
                        "GET /check?reference=registry.example%2Fshop%2Fweb%3A1.4&format=table&width=120&detail=true",
                        "GET /check?reference=registry.example%2Fshop%2Fweb%3A1.4&format=json&width=120");
        assertThat(remote("check", IMAGE, "-o", "jsn").err()).contains("did you mean json?");
    }

    @Test
    void thereIsNoVerdictOnWhatCannotBeAnalysed() {
        server.when("POST /images", SUBMITTED)
                .when("GET /jobs/7/events", events("event: failed\ndata: {}\n\n"))
                .when(
                        "GET /jobs/7",
                        "{\"id\":7,\"state\":\"poison\",\"reason\":\"registry.example knows no shop/web:1.4\"}");

        assertThat(remote("check", IMAGE))
                .isEqualTo(new Run(
                        3,
                        "",
                        "plimsoll: " + IMAGE + " could not be analysed: registry.example knows no shop/web:1.4\n"));
    }

    @Test
    void asksAgainWhereTheEventsBreakOff() {
        server.when("POST /images", SUBMITTED)
                .when("GET /jobs/7/events", events("event: progress\ndata: {}\n\n"))
                .when("GET /jobs/7/events", Reply.problem(503, "not now"))
                .when("GET /jobs/7", "{\"id\":7,\"state\":\"running\"}")
                .when("GET /jobs/7", DONE)
                .when("GET /check", report(0, "PASS\n"));

        assertThat(remote("check", IMAGE)).isEqualTo(new Run(0, "PASS\n", ""));
    }

    @Test
    void givesUpInTime() {
        server.when("POST /images", SUBMITTED)
                .when("GET /jobs/7/events", events("event: progress\ndata: {}\n\n"))
                .when("GET /jobs/7", "{\"id\":7,\"state\":\"running\"}");

        var run = remote("check", IMAGE, "--timeout", "1s");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("job 7 has not finished in time (--timeout); it goes on: `plimsoll remote jobs show 7`");
    }

    @Test
    void doesNotWaitWhereItIsToldSo() {
        server.when("POST /images", SUBMITTED);

        assertThat(remote("check", IMAGE, "--no-wait")).isEqualTo(new Run(0, "job 7\n", ""));
    }

    @Test
    void pullsNothingForADigestOrAPast() {
        server.when("GET /check", report(2, "FAIL\n"));

        remote("check", DIGEST);
        remote("check", IMAGE, "--at", "2026-06-01", "--bundle", "12");

        assertThat(server.lines())
                .containsExactly(
                        "GET /check?reference=sha256%3A" + "a".repeat(64) + "&format=table&width=120",
                        "GET /check?reference=registry.example%2Fshop%2Fweb%3A1.4&format=table&width=120&bundle=12"
                                + "&at=2026-06-01T00%3A00%3A00Z");
    }

    @Test
    void givesFactsThatWereCollectedElsewhere() throws IOException {
        Files.writeString(folder.resolve("facts.json"), "{\"facts\":1}");
        server.when("POST /images/inventory", SUBMITTED.replace("7", "8"))
                .when("GET /jobs/8", DONE)
                .when("GET /check", report(0, "PASS\n"));

        assertThat(remote("check", "inventory:facts.json", "--as", IMAGE).code())
                .isZero();
        assertThat(server.lines())
                .startsWith("POST /images/inventory?name=registry.example%2Fshop%2Fweb%3A1.4")
                .endsWith("GET /check?reference=registry.example%2Fshop%2Fweb%3A1.4&format=table&width=120");
        assertThat(server.asked().getFirst().body()).isEqualTo("{\"facts\":1}");
        assertThat(remote("check", "inventory:facts.json").code()).isZero();
        assertThat(server.last().line()).contains("reference=sha256%3Aaaaa");
        assertThat(remote("check", "inventory:none.json").err()).contains("there is no file");
        assertThat(remote("check", IMAGE, "--as", "x").err()).contains("--as names an inventory");
    }

    @Test
    void refusesAReportWithoutAVerdict() {
        server.when("POST /images", "{}").when("GET /check", Reply.json("{}"));

        assertThat(remote("check", IMAGE))
                .extracting(Run::code, run -> run.err().contains("plimsoll-exit-code"))
                .containsExactly(1, true);
    }

    @Test
    void tellsWhatIsNotAllowed() {
        server.when("POST /images", Reply.problem(403, "the key may not write images"));

        assertThat(remote("check", IMAGE))
                .extracting(Run::code, Run::err)
                .containsExactly(
                        1,
                        "plimsoll: not allowed: the key may not write images; `plimsoll remote login` with a key of another"
                                + " role, or ask who administers " + server.url() + "\n");
    }

    private static Reply report(int code, String text) {
        return new Reply(200, Map.of("content-type", "text/plain", "plimsoll-exit-code", Integer.toString(code)), text);
    }

    private static Reply events(String text) {
        return new Reply(200, Map.of("content-type", "text/event-stream"), text);
    }

    private Run remote(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "remote";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(
                folder, Map.of("PLIMSOLL_REMOTE_URL", server.url(), "PLIMSOLL_REMOTE_KEY", StandInServer.KEY), all);
    }
}
