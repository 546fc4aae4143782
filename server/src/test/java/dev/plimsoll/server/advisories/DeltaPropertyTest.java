package dev.plimsoll.server.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.server.packages.PackageDictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever revisions do to whatever images: what the tables say is what matching everything anew says, and no image is
/// judged again in vain.
final class DeltaPropertyTest {

    private static final int REVISIONS = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void saysWhatMatchingEverythingAnewSays(long seed) throws IOException {
        var random = new Random(seed);
        try (var world = new World(folder)) {
            for (int i = 0; i < 6; i++) {
                world.image("image" + i, image(random));
            }
            var records = new Records();
            for (int i = 0; i < 12; i++) {
                change(random, records);
            }
            for (int revision = 0; revision < REVISIONS; revision++) {
                var before = world.fingerprints();
                var exploitedBefore = exploited(world);
                world.rejudged.clear();
                var former = records;
                records = records.copy();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    change(random, records);
                }
                var waiting = world.take(records);
                if (random.nextBoolean()) {
                    // an image that comes when everything is computed already
                    var late = image(random);
                    var name = "late" + revision;
                    world.watcher = words -> {
                        if (words.equals("activating")) {
                            world.image(name, late);
                            before.putAll(world.fingerprints());
                        }
                    };
                }
                world.work();
                world.watcher = _ -> {};
                assertThat(world.revision(waiting).state()).isEqualTo(Revision.State.ACTIVE);
                checkRows(world);
                checkImages(world);
                if (revision > 0) {
                    var more = !former.scores.equals(records.scores)
                            || !former.lifecycles.equals(records.lifecycles)
                            || !former.ecosystems().equals(records.ecosystems())
                            || former.known.isEmpty() != records.known.isEmpty();
                    checkAffected(world, before, exploitedBefore, more);
                }
            }
        }
    }

    /// Images come on other threads while revisions are made active: none of their packages is left behind.
    @Test
    void imagesMayComeAtAnyTime() throws Exception {
        try (var world = new World(folder);
                var threads = Executors.newFixedThreadPool(2)) {
            var random = new Random(7);
            var records = new Records();
            for (int i = 0; i < 30; i++) {
                change(random, records);
            }
            var stop = new AtomicBoolean();
            var count = new AtomicInteger();
            var storing = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 2; thread++) {
                var images = new Random(thread);
                storing.add(threads.submit(() -> {
                    while (!stop.get()) {
                        world.image("image" + count.incrementAndGet(), image(images));
                    }
                }));
            }
            for (int revision = 0; revision < 8; revision++) {
                records = records.copy();
                for (int i = 0; i < 4; i++) {
                    change(random, records);
                }
                world.revise(records);
            }
            stop.set(true);
            for (var each : storing) {
                each.get();
            }
            assertThat(count.get()).isGreaterThan(2);
            checkRows(world);
            checkImages(world);
        }
    }

    /// A transaction that stores an image under the former revision is waited for.
    @Test
    void anActivationWaitsForImagesThatAreBeingStored() throws Exception {
        try (var world = new World(folder);
                var threads = Executors.newFixedThreadPool(2)) {
            var records = new Records().add("GHSA-1", List.of(), "HIGH", Records.npm("p1", "2.0.0"));
            world.revise(records);
            world.take(records.copy().add("GHSA-2", List.of(), "HIGH", Records.npm("p2", "2.0.0")));
            var stored = new CountDownLatch(1);
            var activated = new CompletableFuture<Void>();
            var storing = new CompletableFuture<Void>();
            world.watcher = words -> {
                if (words.equals("activating")) {
                    threads.execute(() -> {
                        world.storing = () -> {
                            stored.countDown();
                            awaitWaiting(world, activated);
                        };
                        world.image("late", Images.of("debian:12", List.of(Images.npm("p2", "1.0.0", 0))));
                        storing.complete(null);
                    });
                    awaitQuietly(stored);
                }
            };
            world.work();
            activated.complete(null);
            storing.get();
            checkRows(world);
            checkImages(world);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Until the activation waits for a lock, or is over.
    private static void awaitWaiting(World world, CompletableFuture<Void> activated) {
        while (!activated.isDone()
                && !world.jdbi.<Boolean, RuntimeException>withHandle(handle -> handle.createQuery(
                                "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                        .mapTo(Boolean.class)
                        .one())) {
            Thread.onSpinWait();
        }
    }

    /// Rows are those of a full run.
    private static void checkRows(World world) throws IOException {
        try (var lease = world.data.current().orElseThrow()) {
            var memory = new MatchMemory(lease.source(), MatchOptions.DEFAULT);
            var wanted = new TreeSet<String>();
            var found = new TreeSet<String>();
            world.jdbi.useHandle(handle -> {
                var ids = handle.createQuery("select id from package")
                        .mapTo(Integer.class)
                        .list();
                PackageDictionary.load(handle, ids)
                        .forEach((id, item) ->
                                MatchRow.of(id, memory.of(item)).forEach(row -> wanted.add(row.toString())));
                MatchRows.now(handle, ids)
                        .values()
                        .forEach(rows -> rows.values().forEach(row -> found.add(row.toString())));
            });
            assertThat(found).isEqualTo(wanted);
        }
    }

    /// Images have what the matcher finds of their inventories.
    private static void checkImages(World world) throws IOException {
        try (var lease = world.data.current().orElseThrow()) {
            var wanted = new HashMap<Long, Set<String>>();
            world.inventories.forEach((id, inventory) -> {
                var texts = new TreeSet<String>();
                Matcher.match(inventory, lease.source(), MatchOptions.DEFAULT)
                        .findings()
                        .forEach(finding ->
                                texts.add(finding.id() + " " + finding.item().purl() + " "
                                        + finding.severity().word() + " "
                                        + finding.fixState().word() + " " + finding.fixedIn()));
                wanted.put(id, texts);
            });
            assertThat(world.joined()).isEqualTo(wanted);
        }
    }

    /// Every image of which something changed is judged again, and none of which nothing did.
    ///
    /// @param more whether something else changed that images are judged again for
    private static void checkAffected(
            World world, Map<Long, Set<String>> before, Set<String> exploitedBefore, boolean more) {
        var now = exploited(world);
        var changed = new TreeSet<>(now);
        changed.removeAll(exploitedBefore);
        exploitedBefore.stream().filter(cve -> !now.contains(cve)).forEach(changed::add);
        world.fingerprints().forEach((image, findings) -> {
            boolean affected = !findings.equals(before.get(image))
                    || findings.stream().anyMatch(text -> changed.contains(text.substring(0, text.indexOf(' '))));
            if (affected) {
                assertThat(world.rejudged).containsKey(image);
            } else if (!more) {
                assertThat(world.rejudged).doesNotContainKey(image);
            }
        });
    }

    private static Set<String> exploited(World world) {
        return world.jdbi.<Set<String>, RuntimeException>withHandle(handle ->
                new TreeSet<>(Exploited.at(handle, java.util.Optional.empty()).keySet()));
    }

    private static Inventory image(Random random) {
        var packages = new ArrayList<ImagePackage>();
        var seen = new TreeMap<String, Integer>();
        IntFunction<String> version = most -> Integer.toString(1 + random.nextInt(most));
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            var name = "p" + random.nextInt(5);
            if (seen.put(name, 1) == null) {
                switch (random.nextInt(3)) {
                    case 0 -> packages.add(Images.npm(name, version.apply(9) + ".0.0", random.nextInt(3)));
                    case 1 -> packages.add(Images.owned(name, version.apply(9) + ".0.0", random.nextInt(3)));
                    default -> packages.add(Images.deb(name, version.apply(9) + "-1", random.nextInt(3)));
                }
            }
        }
        return Images.of(
                Stream.of("debian:12", "debian:11", "alpine:3.18").toList().get(random.nextInt(3)), packages);
    }

    private static void change(Random random, Records records) {
        var cve = "CVE-2025-" + (1000 + random.nextInt(8));
        var other = "CVE-2025-" + (1000 + random.nextInt(8));
        switch (random.nextInt(8)) {
            case 0 -> {
                if (!records.records.isEmpty()) {
                    records.records.remove(
                            List.copyOf(records.records.keySet()).get(random.nextInt(records.records.size())));
                }
            }
            case 1 -> {
                if (!records.known.remove(cve)) {
                    records.known.add(cve);
                }
            }
            case 2 -> records.scores.put(cve, "0." + (1 + random.nextInt(9)));
            case 3 -> records.lifecycles.put("debian 12", "202" + random.nextInt(10) + "-01-01");
            default -> {
                var id = switch (random.nextInt(3)) {
                    case 0 -> "GHSA-" + random.nextInt(6);
                    case 1 -> "DSA-" + random.nextInt(4) + "-1";
                    default -> cve;
                };
                var aliases = new TreeSet<String>();
                if (random.nextInt(3) > 0) {
                    aliases.add(cve);
                }
                if (id.startsWith("DSA")) {
                    aliases.add(other);
                }
                records.add(
                        id,
                        List.copyOf(aliases),
                        List.of("", "LOW", "HIGH", "CRITICAL").get(random.nextInt(4)),
                        random.nextInt(8) == 0,
                        Stream.generate(() -> affected(random))
                                .limit(1L + random.nextInt(2))
                                .distinct()
                                .toArray(Records.Affected[]::new));
            }
        }
    }

    private static Records.Affected affected(Random random) {
        var fixed = random.nextInt(4) == 0 ? "" : Integer.toString(1 + random.nextInt(9));
        var name = "p" + random.nextInt(5);
        return random.nextBoolean()
                ? Records.npm(name, fixed.isEmpty() ? "" : fixed + ".0.0")
                : new Records.Affected(
                        random.nextBoolean() ? "Debian:12" : "Debian:11", name, fixed.isEmpty() ? "" : fixed + "-1");
    }
}
