package dev.plimsoll.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Jobs as the API tells of them.
@Timeout(60)
final class JobRoutesTest {

    private static final Principal OPERATOR = new Principal(
            1, "first", "operator", Set.of(Permission.READ_JOBS, Permission.WRITE_JOBS, Permission.WRITE_DATA));

    private final Semaphore gate = new Semaphore(0);
    private TestDatabase store;
    private long account;
    private Jobs jobs;
    private JobWorkers workers;
    private TestApi api;

    @BeforeEach
    void start() {
        store = TestDatabase.create();
        account = TestApi.account(store.database(), "first");
        var settings = new JobSettings(
                1,
                1,
                Duration.ofSeconds(20),
                Duration.ofMillis(10),
                Duration.ofSeconds(20), // so that only who is woken sees a job soon
                1,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofMillis(100));
        jobs = new Jobs(
                store.database(),
                InstantSource.system(),
                settings,
                JobObserver.NONE,
                List.of(new FakeHandler("step", job -> {
                    job.progress("one");
                    pass();
                    job.progress("two");
                    pass();
                    if (job.payload().string("end").equals(Optional.of("badly"))) {
                        throw new JobFailure("it went badly");
                    }
                })));
        workers = JobWorkers.start(jobs);
        api = new TestApi(new JobRoutes(jobs, workers::wake, () -> false).routes()).as(account, Role.ADMIN);
    }

    @AfterEach
    void stop() {
        workers.close();
        store.close();
    }

    private void pass() throws IOException {
        try {
            if (!gate.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private long add(Optional<Long> owner, String end) {
        var id = store.database()
                .jdbi()
                .inTransaction(handle -> JobQueue.add(
                        handle,
                        new NewJob(
                                owner,
                                NewJob.Lane.INTERACTIVE,
                                "step",
                                end,
                                new JsonObject(Map.of("end", new JsonString(end)))),
                        InstantSource.system().instant()));
        workers.wake();
        return id;
    }

    private Reply.Events events(long id) {
        return (Reply.Events) api.get("/api/v1/jobs/" + id + "/events").reply();
    }

    /// Reads events to their end; the gate opens with each word of progress.
    private List<String> followed(long id) throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        events(id).sender().sendTo(new Reply.Events.Sink() {
            @Override
            public void event(String name, String data) {
                assertThat(data).doesNotContain("\n");
                seen.add(name);
                if (data.contains("\"progress\":\"one\"") || data.contains("\"progress\":\"two\"")) {
                    gate.release();
                }
            }

            @Override
            public void comment(String text) {}
        });
        return seen;
    }

    @Test
    void followsAJobToItsEnd() throws IOException {
        var seen = followed(add(Optional.of(account), "well"));
        assertThat(seen.getLast()).isEqualTo("done");
        assertThat(seen.subList(0, seen.size() - 1)).containsOnly("progress").hasSizeBetween(2, 4);
        var failed = add(Optional.of(account), "badly");
        assertThat(followed(failed).getLast()).isEqualTo("failed");
        assertThat(followed(failed)).as("of one that ended").containsExactly("failed");
        assertThat(api.get("/api/v1/jobs/" + failed).json().string("reason")).hasValue("it went badly");
    }

    @Test
    void endsWithTheService() throws IOException {
        var id = add(Optional.of(account), "well");
        var stopping = new TestApi(new JobRoutes(jobs, () -> {}, () -> true).routes()).as(account, Role.ADMIN);
        var events =
                (Reply.Events) stopping.get("/api/v1/jobs/" + id + "/events").reply();
        var seen = new CopyOnWriteArrayList<String>();
        events.sender().sendTo(new Reply.Events.Sink() {
            @Override
            public void event(String name, String data) {
                seen.add(name);
            }

            @Override
            public void comment(String text) {}
        });
        assertThat(seen).as("of a job that goes on").containsExactly("progress");
        gate.release(2);
    }

    @Test
    void endsWithWhoHangsUp() {
        var id = add(Optional.of(account), "well");
        var sender = events(id).sender();
        assertThatThrownBy(() -> sender.sendTo(new Reply.Events.Sink() {
                    @Override
                    public void event(String name, String data) throws IOException {
                        throw new IOException("broken pipe");
                    }

                    @Override
                    public void comment(String text) {
                        throw new UncheckedIOException(new IOException("broken pipe"));
                    }
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void cancelsAndTriesAgain() throws IOException {
        var id = add(Optional.of(account), "well");
        var target = "/api/v1/jobs/" + id;
        assertThat(api.post(target + "/retry", "").status()).isEqualTo(409);
        assertThat(api.delete(target).status()).isEqualTo(200);
        assertThat(followed(id).getLast()).isEqualTo("failed");
        assertThat(api.get(target).json().string("state")).hasValue("cancelled");
        gate.drainPermits();
        assertThat(api.post(target + "/retry", "").status()).isEqualTo(202);
        assertThat(followed(id).getLast()).isEqualTo("done");
        api.as(account, Role.VIEWER);
        assertThat(api.delete(target).status()).isEqualTo(403);
        assertThat(api.get(target).status()).isEqualTo(200);
    }

    @Test
    void doesNotTryAgainWhatIsUnderWayAnew() {
        var id = add(Optional.of(account), "well");
        jobs.cancel(account, false, id);
        while (!api.get("/api/v1/jobs/" + id).json().string("state").equals(Optional.of("cancelled"))) {
            Thread.onSpinWait();
        }
        add(Optional.of(account), "well");
        assertThat(api.post("/api/v1/jobs/" + id + "/retry", "").text()).contains("another job does the same");
    }

    @Test
    void listsByPageAndState() {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(add(Optional.of(account), "job" + i));
        }
        var first = api.get("/api/v1/jobs?limit=2").json();
        var second = api.get(
                        "/api/v1/jobs?limit=3&cursor=" + first.string("next").orElseThrow())
                .json();
        assertThat(second.string("next")).isEmpty();
        var seen = new ArrayList<Long>();
        for (var page : List.of(first, second)) {
            page.objects("items")
                    .forEach(job -> seen.add(job.number("id").orElseThrow().longValueExact()));
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(api.get("/api/v1/jobs?kind=other").json().array("items")).isEmpty();
        assertThat(api.get("/api/v1/jobs?state=done").json().array("items")).isEmpty();
        assertThat(api.get("/api/v1/jobs?state=lost").status()).isEqualTo(400);
    }

    @Test
    void jobsOfTheServiceAreForWhoMayChangeIt() {
        var id = add(Optional.empty(), "well");
        assertThat(api.get("/api/v1/jobs/" + id).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/jobs").json().array("items")).isEmpty();
        api.as(OPERATOR);
        assertThat(api.get("/api/v1/jobs/" + id).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/jobs").json().array("items")).hasSize(1);
        assertThat(api.delete("/api/v1/jobs/" + id).status()).isEqualTo(200);
    }
}
