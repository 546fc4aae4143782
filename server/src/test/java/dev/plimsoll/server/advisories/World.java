package dev.plimsoll.server.advisories;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A service that knows images and advisory data, whose jobs run when a test says so, on a clock that it sets.
final class World implements AutoCloseable {

    static final RevisionSettings LENIENT =
            new RevisionSettings(1, 1, 1, 1, 1, RevisionSettings.DEFAULT.thresholds(), 2);

    final TestDatabase test = TestDatabase.create();
    final Jdbi jdbi = test.database().jdbi();
    final long account = TestApi.account(test.database(), "one");
    final Path folder;
    final ObjectStore objects;
    final ActiveData data;
    final StoredPackages stored;
    final RevisionImport imports;
    final Map<Long, Inventory> inventories = new ConcurrentSkipListMap<>();
    private final AtomicInteger digests = new AtomicInteger();
    final Map<Long, Set<Cause>> rejudged = new TreeMap<>();
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    RevisionSettings settings = LENIENT;
    FlipForecast forecast = FlipForecast.NONE;
    /// Run in the transaction that stores an image, at its end.
    volatile Runnable storing = () -> {};
    /// An image that cannot be judged.
    long broken;
    /// Told how far jobs are.
    Consumer<String> watcher = _ -> {};

    World(Path folder) throws IOException {
        this.folder = folder;
        objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
        data = new ActiveData(test.database(), objects);
        stored = new StoredPackages(test.database(), new Matches(data));
        imports = new RevisionImport(test.database(), objects, () -> now);
    }

    /// An analysed image.
    ///
    /// @return its row
    long image(String name, Inventory inventory) {
        return image(account, name, inventory);
    }

    long image(long owner, String name, Inventory inventory) {
        var digest = "sha256:" + "%064d".formatted(digests.incrementAndGet());
        return jdbi.<Long, RuntimeException>inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into image (account_id, digest, state, added_at, analyzed_at)
                            values (:account, :digest, 'analyzed', :now, :now) returning id""")
                    .bind("account", owner)
                    .bind("digest", digest)
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one();
            if (!name.isEmpty()) {
                handle.createUpdate("""
                                insert into tag (account_id, registry, repository, tag, image_id, from_at)
                                values (:account, 'registry.example', :name, 'latest', :image, :now)""")
                        .bind("account", owner)
                        .bind("name", name)
                        .bind("image", id)
                        .bind("now", now)
                        .execute();
            }
            stored.stored(handle, ImageRow.byId(handle, id).orElseThrow(), inventory);
            inventories.put(id, inventory);
            storing.run();
            return id;
        });
    }

    /// Imports data and runs what follows.
    ///
    /// @return the revision
    long revise(Records records) throws IOException {
        var id = take(records);
        work();
        return id;
    }

    /// Imports data.
    long take(Records records) throws IOException {
        now = now.plus(Duration.ofHours(1));
        try (var in = Files.newInputStream(records.build(folder, now))) {
            return imports.take(in, "upload", false).revision().id();
        }
    }

    Revision revision(long id) {
        return jdbi.<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.byId(handle, id))
                .orElseThrow();
    }

    RevisionJob revisionJob() {
        return new RevisionJob(test.database(), objects, data, forecast, settings, () -> now);
    }

    RejudgeJob rejudgeJob() {
        return new RejudgeJob(test.database(), (_, causes, _) -> {
            rejudged.putAll(causes);
            if (causes.containsKey(broken)) {
                throw new UncheckedIOException(new IOException("the image " + broken + " cannot be read"));
            }
        });
    }

    /// Runs the jobs that wait, and those that they leave.
    void work() throws IOException {
        while (workOnce()) {
            // more may have come
        }
    }

    private record Waiting(long id, String kind, String payload) {}

    private boolean workOnce() throws IOException {
        var jobs = jdbi.<List<Waiting>, RuntimeException>withHandle(handle -> handle.createQuery(
                        "select id, kind, payload from job where state = 'queued' order by id limit 1")
                .map((row, _) -> new Waiting(row.getLong(1), row.getString(2), row.getString(3)))
                .list());
        for (var job : jobs) {
            JobHandler handler = job.kind().equals(RevisionJob.KIND) ? revisionJob() : rejudgeJob();
            handler.run(running(job.id(), job.payload(), watcher));
            jdbi.useHandle(handle -> handle.execute("update job set state = 'done' where id = ?", job.id()));
        }
        return !jobs.isEmpty();
    }

    static JobHandler.Running running(long id, String payload, Consumer<String> progress) {
        return new JobHandler.Running() {
            @Override
            public long id() {
                return id;
            }

            @Override
            public Optional<Long> accountId() {
                return Optional.empty();
            }

            @Override
            public JsonObject payload() {
                try {
                    return (JsonObject) JsonReader.read(payload, JsonLimits.AUTHORED);
                } catch (JsonException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public void progress(String words) {
                progress.accept(words);
            }

            @Override
            public void result(JsonObject result) {}

            @Override
            public void transact(Consumer<Handle> work) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void complete(Consumer<Handle> work) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /// Every row of the tables that only a change may write, with the transaction that wrote it.
    List<String> written() {
        return jdbi.<List<String>, RuntimeException>withHandle(handle -> {
            var rows = new ArrayList<String>();
            for (var table : List.of("match", "exploited", "revision_effect", "revision_change", "event")) {
                rows.addAll(handle.createQuery(
                                "select '" + table + " ' || xmin || ' ' || t::text from " + table + " t order by 1")
                        .mapTo(String.class)
                        .list());
            }
            return rows;
        });
    }

    /// What is found of each image by the tables alone: vulnerability and package URL, and severity and fix.
    Map<Long, Set<String>> joined() {
        var found = new HashMap<Long, Set<String>>();
        inventories.keySet().forEach(image -> found.put(image, new TreeSet<>()));
        jdbi.useHandle(handle -> handle.createQuery("""
                        select distinct i.image_id, m.vulnerability, p.purl, m.severity, m.fix_state, m.fixed_in
                        from image_package_set i join package_set s on s.id = i.package_set_id
                            cross join lateral unnest(s.members) as member (id)
                            join package p on p.id = member.id
                            join match m on m.package_id = p.id and m.valid_to is null and m.suppressed is null""")
                .map((row, _) -> found.computeIfAbsent(row.getLong(1), _ -> new TreeSet<>())
                        .add(row.getString(2) + " " + row.getString(3) + " " + row.getString(4) + " " + row.getString(5)
                                + " " + MatchRows.texts(row.getArray(6).getArray())))
                .list());
        return found;
    }

    /// Everything that policies may ask of what is found of each image, by digest.
    Map<Long, Set<String>> fingerprints() {
        var found = new HashMap<Long, Set<String>>();
        inventories.keySet().forEach(image -> found.put(image, new TreeSet<>()));
        jdbi.useHandle(handle -> handle.createQuery("""
                        select distinct i.image_id, m.vulnerability, m.package_id, encode(m.fingerprint, 'hex')
                        from image_package_set i join package_set s on s.id = i.package_set_id
                            join match m on m.package_id = any(s.members)
                        where m.valid_to is null and m.suppressed is null""")
                .map((row, _) -> found.computeIfAbsent(row.getLong(1), _ -> new TreeSet<>())
                        .add(row.getString(2) + " " + row.getInt(3) + " " + row.getString(4)))
                .list());
        return found;
    }

    @Override
    public void close() throws IOException {
        data.close();
        objects.close();
        test.close();
    }
}
