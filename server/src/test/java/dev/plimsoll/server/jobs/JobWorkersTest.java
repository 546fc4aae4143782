package dev.plimsoll.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.jobs.NewJob.Lane;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real workers on a real database.
@Timeout(60)
final class JobWorkersTest {

    private static final Duration SOON = Duration.ofMillis(20);

    private static final JobSettings QUICK = new JobSettings(
            2,
            2,
            Duration.ofSeconds(20),
            SOON,
            SOON,
            3,
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofMillis(200));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private TestDatabase store;
    private Database database;

    @BeforeEach
    void start() {
        store = TestDatabase.create();
        database = store.database();
    }

    @AfterEach
    void stop() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        store.close();
    }

    private final JobObserver counting = new JobObserver() {
        @Override
        public void attempted(String kind, String outcome, long nanoseconds) {
            outcomes.computeIfAbsent(outcome, _ -> new AtomicInteger()).incrementAndGet();
        }

        @Override
        public void expired(String kind) {
            outcomes.computeIfAbsent("expired", _ -> new AtomicInteger()).incrementAndGet();
        }
    };

    private int outcomes(String outcome) {
        return outcomes.getOrDefault(outcome, new AtomicInteger()).get();
    }

    private Jobs jobs(Database on, JobSettings settings, JobHandler... handlers) {
        return new Jobs(on, InstantSource.system(), settings, counting, List.of(handlers));
    }

    private JobWorkers work(Jobs jobs) {
        var workers = JobWorkers.start(jobs);
        open.add(workers);
        return workers;
    }

    private long add(String kind, String key, Lane lane) {
        return database.jdbi()
                .inTransaction(handle -> JobQueue.add(
                        handle,
                        new NewJob(
                                Optional.empty(), lane, kind, key, new JsonObject(Map.of("key", new JsonString(key)))),
                        InstantSource.system().instant()));
    }

    private JobRow row(long id) {
        return database.jdbi()
                .withHandle(handle -> JobRow.find(handle, 0, true, id))
                .orElseThrow();
    }

    private List<Long> numbers(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).list());
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            sleep(10);
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitState(long id, JobState state) {
        await(() -> row(id).state() == state);
    }

    /// Two services on one database. One hangs now and then for longer than its leases, and nobody beats its heart: the
    /// other takes its jobs, and what it writes afterwards must not count.
    @Test
    void doesEachJobOnceWhateverBecomesOfWorkers() {
        database.jdbi().useHandle(handle -> handle.execute("create table effect (job bigint not null)"));
        var hanging = new JobSettings(
                8,
                8,
                Duration.ofMillis(100),
                Duration.ofHours(1),
                SOON,
                1000,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
        var count = new AtomicInteger();
        FakeHandler.Work write =
                job -> job.complete(handle -> handle.execute("insert into effect values (?)", job.id()));
        int total = 2000;
        for (int i = 0; i < total; i++) {
            add("tiny", "job" + i, i % 2 == 0 ? Lane.INTERACTIVE : Lane.SWEEP);
        }
        var other = Database.open(store.address());
        open.add(other);
        // on a slow machine a job may be taken away many times
        var patient = new JobSettings(
                QUICK.interactiveWorkers(),
                QUICK.sweepWorkers(),
                QUICK.lease(),
                QUICK.tick(),
                QUICK.poll(),
                1000,
                QUICK.firstPause(),
                QUICK.longestPause(),
                QUICK.keepDone(),
                QUICK.keepPoison(),
                QUICK.grace());
        var second = jobs(other, patient, new FakeHandler("tiny", write));
        work(jobs(database, hanging, new FakeHandler("tiny", job -> {
            if (count.incrementAndGet() % 25 == 0) {
                sleep(250);
            }
            write.run(job);
        })));
        work(second);
        await(() -> {
            second.rescue();
            return numbers("select count(*) from job where state = 'done'").equals(List.of((long) total));
        });
        assertThat(numbers("select count(*) from effect")).containsExactly((long) total);
        assertThat(numbers("select count(distinct job) from effect")).containsExactly((long) total);
        assertThat(outcomes("expired")).as("jobs that were taken away").isPositive();
        assertThat(outcomes("lost")).as("workers that came too late").isPositive();
    }

    /// The database cuts all connections again and again.
    @Test
    void bearsADatabaseThatBreaksOff() {
        database.jdbi().useHandle(handle -> handle.execute("create table effect (job bigint not null)"));
        var patient = new JobSettings(
                4,
                4,
                Duration.ofMillis(500),
                SOON,
                SOON,
                1000,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
        int total = 300;
        for (int i = 0; i < total; i++) {
            add("tiny", "job" + i, i % 2 == 0 ? Lane.INTERACTIVE : Lane.SWEEP);
        }
        var other = Database.open(store.address());
        open.add(other);
        var jobs = jobs(other, patient, new FakeHandler("tiny", job -> {
            job.progress("begun");
            sleep(5);
            job.complete(handle -> handle.execute("insert into effect values (?)", job.id()));
        }));
        work(jobs);
        var cuts = new AtomicInteger();
        await(() -> {
            if (cuts.incrementAndGet() <= 5) {
                numbers("select pg_terminate_backend(pid)::int from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            sleep(100);
            try {
                jobs.rescue();
                return numbers("select count(*) from job where state = 'done'").equals(List.of((long) total));
            } catch (RuntimeException _) {
                return false; // this connection was cut too
            }
        });
        assertThat(numbers("select count(*) from effect")).containsExactly((long) total);
        assertThat(numbers("select count(distinct job) from effect")).containsExactly((long) total);
        assertThat(cuts.get()).isGreaterThan(3);
    }

    @Test
    void triesAgainAndGivesUpWithTheReason() {
        var attempts = new CopyOnWriteArrayList<Integer>();
        var handler = new FakeHandler("flaky", job -> {
            attempts.add(job.attempt());
            throw new IOException("the registry does not answer");
        });
        var id = add("flaky", "a", Lane.SWEEP);
        work(jobs(database, QUICK, handler));
        awaitState(id, JobState.POISON);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(row(id).reason()).hasValue("the registry does not answer");
        assertThat(row(id).finishedAt()).isPresent();
        assertThat(handler.ended).hasSize(1);
        assertThat(handler.ended.getFirst().state()).isEqualTo(JobState.POISON);
        assertThat(handler.ended.getFirst().payload().string("key")).hasValue("a");
    }

    @Test
    void getsThereAtALaterAttempt() {
        var id = add("flaky", "a", Lane.INTERACTIVE);
        work(jobs(database, QUICK, new FakeHandler("flaky", job -> {
            if (job.attempt() < 3) {
                throw new IllegalStateException("a secret");
            }
        })));
        awaitState(id, JobState.DONE);
        assertThat(row(id).attempts()).isEqualTo(3);
        assertThat(row(id).reason()).isEmpty();
    }

    @Test
    void tellsNobodyWhatAnErrorOfTheServiceSays() {
        var id = add("broken", "a", Lane.INTERACTIVE);
        work(jobs(database, QUICK, new FakeHandler("broken", _ -> {
            throw new IllegalStateException("a secret");
        })));
        awaitState(id, JobState.POISON);
        assertThat(row(id).reason().orElse("")).doesNotContain("secret").contains("log of the service");
    }

    @Test
    void triesNothingAgainThatIsHopeless() {
        var id = add("hopeless", "a", Lane.INTERACTIVE);
        var handler = new FakeHandler("hopeless", _ -> {
            throw new JobFailure("there is no such image");
        });
        var jobs = jobs(database, QUICK, handler);
        work(jobs);
        awaitState(id, JobState.POISON);
        assertThat(row(id).attempts()).isEqualTo(1);
        assertThat(row(id).reason()).hasValue("there is no such image");
        assertThat(jobs.retry(0, true, id)).isInstanceOf(Jobs.Retried.Queued.class);
        await(() -> handler.ended.size() == 2);
    }

    @Test
    void aSweepStarvesNobody() throws Exception {
        var gate = new CountDownLatch(1);
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 10; i++) {
            ids.add(add("slow", "s" + i, Lane.SWEEP));
        }
        work(jobs(database, QUICK, new FakeHandler("slow", _ -> waitFor(gate)), new FakeHandler("quick", _ -> {})));
        await(() ->
                ids.stream().filter(id -> row(id).state() == JobState.RUNNING).count() == 2);
        awaitState(add("quick", "a", Lane.INTERACTIVE), JobState.DONE);
        var behind = add("quick", "b", Lane.SWEEP);
        assertThat(add("quick", "b", Lane.INTERACTIVE)).isEqualTo(behind);
        awaitState(behind, JobState.DONE);
        assertThat(ids.stream().filter(id -> row(id).state() == JobState.DONE)).isEmpty();
        gate.countDown();
        ids.forEach(id -> awaitState(id, JobState.DONE));
    }

    private static void waitFor(CountDownLatch gate) throws IOException {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Test
    void cancelsWhatWaits() {
        var handler = new FakeHandler("never", _ -> {});
        var jobs = jobs(database, QUICK, handler);
        var id = add("never", "a", Lane.SWEEP);
        assertThat(jobs.cancel(0, true, id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(handler.ended).hasSize(1);
        assertThat(jobs.cancel(0, true, id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(handler.ended).hasSize(1);
        assertThat(jobs.retry(0, true, id)).isInstanceOf(Jobs.Retried.Queued.class);
        work(jobs);
        awaitState(id, JobState.DONE);
        assertThat(jobs.retry(0, true, id)).isInstanceOf(Jobs.Retried.NotEnded.class);
    }

    @Test
    void interruptsWhatIsUnderWay() {
        var began = new CountDownLatch(1);
        var handler = new FakeHandler("endless", job -> {
            began.countDown();
            waitFor(new CountDownLatch(1));
        });
        var jobs = jobs(database, QUICK, handler);
        work(jobs);
        var id = add("endless", "a", Lane.INTERACTIVE);
        awaitState(id, JobState.RUNNING);
        assertThat(jobs.cancel(0, true, id).orElseThrow().cancelRequested()).isTrue();
        awaitState(id, JobState.CANCELLED);
        assertThat(handler.ended).hasSize(1);
        assertThat(row(id).reason()).hasValue("somebody cancelled it");
    }

    @Test
    void writesNothingOfWhatIsCancelled() {
        database.jdbi().useHandle(handle -> handle.execute("create table effect (job bigint not null)"));
        var began = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        var deaf = new JobSettings(
                1,
                1,
                Duration.ofHours(1),
                Duration.ofHours(1),
                SOON,
                3,
                SOON,
                SOON,
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
        var jobs = jobs(database, deaf, new FakeHandler("writing", job -> {
            began.countDown();
            waitFor(cancelled);
            job.complete(handle -> handle.execute("insert into effect values (?)", job.id()));
        }));
        work(jobs);
        var id = add("writing", "a", Lane.INTERACTIVE);
        awaitState(id, JobState.RUNNING);
        jobs.cancel(0, true, id);
        cancelled.countDown();
        awaitState(id, JobState.CANCELLED);
        assertThat(numbers("select count(*) from effect")).containsExactly(0L);
    }

    @Test
    void tellsProgressAndResult() {
        var gate = new CountDownLatch(1);
        work(jobs(database, QUICK, new FakeHandler("telling", job -> {
            job.progress("one");
            job.progress("two");
            job.result(new JsonObject(Map.of("digest", new JsonString("sha256:1"))));
            job.transact(_ -> {});
            waitFor(gate);
        })));
        var id = add("telling", "a", Lane.INTERACTIVE);
        await(() -> row(id).progress().equals(Optional.of("two")));
        await(() -> row(id).result().isPresent());
        assertThat(row(id).state()).isEqualTo(JobState.RUNNING);
        gate.countDown();
        awaitState(id, JobState.DONE);
        assertThat(row(id).result().orElseThrow().string("digest")).hasValue("sha256:1");
    }

    /// The heartbeat keeps a job that takes longer than its lease.
    @Test
    void keepsALease() {
        var brief = new JobSettings(
                1,
                1,
                Duration.ofMillis(1500),
                SOON,
                SOON,
                3,
                SOON,
                SOON,
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofSeconds(1));
        var jobs = jobs(database, brief, new FakeHandler("long", _ -> sleep(3000)));
        work(jobs);
        var id = add("long", "a", Lane.INTERACTIVE);
        awaitState(id, JobState.RUNNING);
        await(() -> {
            jobs.rescue();
            return row(id).state() == JobState.DONE;
        });
        assertThat(row(id).attempts()).isEqualTo(1);
        assertThat(outcomes("expired")).isZero();
    }

    @Test
    void givesBackWhatItCannotEnd() throws Exception {
        var jobs = jobs(database, QUICK, new FakeHandler("long", _ -> waitFor(new CountDownLatch(1))));
        var workers = JobWorkers.start(jobs);
        var id = add("long", "a", Lane.INTERACTIVE);
        awaitState(id, JobState.RUNNING);
        workers.close();
        assertThat(row(id).state()).isEqualTo(JobState.QUEUED);
        assertThat(row(id).attempts()).isZero();
    }

    @Test
    void aJobThatKillsItsWorkersIsPoisonInTheEnd() {
        var handler = new FakeHandler("killer", _ -> {});
        var jobs = jobs(database, QUICK, handler);
        var id = add("killer", "a", Lane.SWEEP);
        for (int i = 1; i <= QUICK.attempts(); i++) {
            var now = InstantSource.system().instant();
            database.jdbi()
                    .useTransaction(handle -> assertThat(JobStore.claim(
                                    handle,
                                    Lane.SWEEP,
                                    java.util.Set.of("killer"),
                                    1,
                                    "dead",
                                    now.plusSeconds(60),
                                    now.minusSeconds(1)))
                            .hasSize(1));
            jobs.rescue();
        }
        assertThat(row(id).state()).isEqualTo(JobState.POISON);
        assertThat(row(id).reason()).hasValue("the service ended 3 times while it worked on it");
        assertThat(handler.ended).hasSize(1);
    }

    @Test
    void forgetsWhatEndedLongAgo() throws Exception {
        var jobs = jobs(database, QUICK, new FakeHandler("old", _ -> {}));
        var done = add("old", "a", Lane.SWEEP);
        var poison = add("old", "b", Lane.SWEEP);
        var young = add("old", "c", Lane.SWEEP);
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "update job set state = 'done', finished_at = now() - interval '36 hours' where id = ?", done);
            handle.execute(
                    "update job set state = 'poison', finished_at = now() - interval '36 hours' where id = ?", poison);
            handle.execute("update job set state = 'done', finished_at = now() where id = ?", young);
        });
        assertThat(jobs.upkeep().getLast().turn().take()).isFalse();
        assertThat(numbers("select id from job order by id")).containsExactly(poison, young);
    }

    @Test
    void pausesLongerEachTime() {
        var usual = JobSettings.DEFAULTS;
        assertThat(usual.pauseAfter(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(usual.pauseAfter(3)).isEqualTo(Duration.ofSeconds(32));
        assertThat(usual.pauseAfter(1000)).isEqualTo(usual.longestPause());
        assertThatThrownBy(() -> usual.withWorkers(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
