package dev.plimsoll.server.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.JobObserver;
import dev.plimsoll.server.jobs.JobRoutes;
import dev.plimsoll.server.jobs.JobSettings;
import dev.plimsoll.server.jobs.JobWorkers;
import dev.plimsoll.server.jobs.Jobs;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/// The images' part of the service with workers, whose neighbours remember what they were told.
final class TestService implements AutoCloseable {

    static final Duration SOON = Duration.ofMillis(10);

    static final JobSettings QUICK = new JobSettings(
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
            Duration.ofSeconds(5));

    static final AnalysisLimits LIMITS = new AnalysisLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(5), 1 << 20, 1, AnalysisLimits.DEFAULTS.image());

    final TestDatabase store = TestDatabase.create();
    final Database database = store.database();
    final FolderObjects objects;
    final long account = TestApi.account(database, "first");
    final long other = TestApi.account(database, "second");
    final List<String> judged = new CopyOnWriteArrayList<>();
    final List<Inventory> stored = new CopyOnWriteArrayList<>();
    final Map<String, RegistryCredentials.Credential> credentials = new ConcurrentHashMap<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final TestClock clock = new TestClock();
    final Watches watches;
    final TagWatcher watcher;
    final Jobs jobs;
    final JobWorkers workers;
    final TestApi api;
    private final List<Route> routes = new ArrayList<>();
    volatile AnalysisRequest needs = AnalysisRequest.nothing();
    volatile ImageScan scan = (_, image, options) -> ImageScanner.scan(image, options);
    volatile boolean failStored;
    final AtomicInteger failJudging = new AtomicInteger();

    TestService(Path folder) throws IOException {
        this(folder, LIMITS);
    }

    TestService(Path folder, AnalysisLimits limits) throws IOException {
        java.nio.file.Files.createDirectories(folder);
        objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
        RegistryCredentials known =
                (accountId, registry) -> Optional.ofNullable(credentials.get(accountId + " " + registry));
        var registry = new ImageRegistry(
                known, name -> !refused.contains(name), limits, "plimsoll/test", folder, Map.of("HOME", "/root"));
        var submissions = new Submissions(database, _ -> needs, clock);
        watches = new Watches(clock);
        watcher = new TagWatcher(database, watches, registry, submissions, clock);
        jobs = new Jobs(
                database,
                clock,
                QUICK,
                JobObserver.NONE,
                List.of(
                        new ImageAnalysis(
                                database,
                                objects,
                                registry,
                                (accountId, image, options) -> scan.scan(accountId, image, options),
                                _ -> needs,
                                this::stored,
                                this::judge,
                                limits,
                                clock),
                        new JudgeImage(this::judge)));
        workers = JobWorkers.start(jobs);
        routes.addAll(new ImageRoutes(database, submissions, watches, registry, workers::wake).routes());
        routes.addAll(
                new InventoryRoutes(database, objects, this::stored, registry, folder, clock, "1.0", workers::wake)
                        .routes());
        routes.addAll(new TagRoutes(database, watches, registry).routes());
        routes.addAll(new JobRoutes(jobs, workers::wake, () -> false).routes());
        api = new TestApi(routes).as(account, Role.ADMIN);
    }

    static Principal principal(long account, Role role) {
        return new Principal(account, "account" + account, role.word(), role.permissions());
    }

    Route route(String name) {
        return routes.stream()
                .filter(route -> route.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void stored(Handle handle, ImageRow image, Inventory inventory) {
        assertThat(handle.isInTransaction()).isTrue();
        assertThat(image.state()).isEqualTo("analyzed");
        if (failStored) {
            throw new IllegalStateException("the neighbour fails");
        }
        stored.add(inventory);
    }

    private void judge(long accountId, long imageId, Set<Cause> causes) {
        if (failJudging.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the judge fails");
        }
        var digest = database.jdbi()
                .withHandle(handle -> ImageRow.byId(handle, imageId))
                .orElseThrow()
                .digest();
        judged.add(accountId + " " + digest + " " + causes);
    }

    /// The system's, moved forward as far as the test says.
    static final class TestClock implements InstantSource {
        private volatile Duration later = Duration.ZERO;

        void advance(Duration by) {
            later = later.plus(by);
        }

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(later);
        }
    }

    /// Submits, and waits for the end of the job.
    ///
    /// @return the job
    JsonObject analyze(String body) {
        var answer = api.post("/api/v1/images", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return ended(answer.json().object("job"));
    }

    /// Waits for the end of a job.
    JsonObject ended(JsonObject job) {
        var id = job.number("id").orElseThrow();
        await(() -> Set.of("done", "poison", "cancelled")
                .contains(api.get("/api/v1/jobs/" + id).json().string("state").orElse("")));
        return api.get("/api/v1/jobs/" + id).json();
    }

    JsonObject image(String digest) {
        var answer = api.get("/api/v1/images/" + digest);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    List<String> texts(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        workers.close();
        objects.close();
        store.close();
    }
}
