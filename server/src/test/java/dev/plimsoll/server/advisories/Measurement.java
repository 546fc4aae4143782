package dev.plimsoll.server.advisories;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.packages.PackageSets;
import dev.plimsoll.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How long the work on revisions takes with many images. No test: run by hand, prints figures.
///
/// `Measurement [images] [distinct packages] [packages of an image] [shared bases]`
final class Measurement {

    private static final int NAMES = 20_000;
    private static final int RECORDS = 8_000;
    private static final int CHANGED = 500;

    private Measurement() {}

    private static void said(String what, long start) {
        System.out.printf(Locale.ROOT, "%-60s %9.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    }

    private static ImagePackage item(int number, int layer) {
        int name = number % NAMES;
        var version = (1 + number / NAMES) + ".0.0";
        return name % 2 == 0 ? Images.deb("name" + name, version, layer) : Images.npm("name" + name, version, layer);
    }

    private static Records records() {
        var records = new Records();
        for (int i = 0; i < RECORDS; i++) {
            var name = "name" + (i * 5 % NAMES);
            records.add(
                    "GHSA-" + i,
                    List.of("CVE-2025-" + (10_000 + i)),
                    i % 3 == 0 ? "HIGH" : "LOW",
                    i * 5 % NAMES % 2 == 0 ? Records.debian(name, "3.0.0") : Records.npm(name, "3.0.0"));
        }
        return records;
    }

    public static void main(String[] arguments) throws IOException {
        int images = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int distinct = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60_000;
        int each = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 450;
        int bases = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 200;
        var random = new Random(1);
        var folder = Files.createTempDirectory("measurement");
        try (var world = new World(folder)) {
            var all = new ArrayList<ImagePackage>();
            IntStream.range(0, distinct).forEach(number -> all.add(item(number, 0)));
            var records = records();
            long start = System.nanoTime();
            for (int from = 0; from < distinct; from += 450) {
                world.stored.prepare(Images.of("debian:12", all.subList(from, Math.min(distinct, from + 450))));
            }
            said(distinct + " distinct packages added, 450 at a time", start);
            start = System.nanoTime();
            images(world, random, images, each, bases);
            said(images + " images given their sets", start);
            world.jdbi.useHandle(handle -> handle.execute("analyze"));
            start = System.nanoTime();
            world.take(records);
            said("first revision imported", start);
            start = System.nanoTime();
            world.work();
            said("first revision: matched, activated, told quietly", start);
            world.jdbi.useHandle(handle -> handle.execute("analyze"));
            questions(world);
            delta(world, records);
            sizes(world);
        }
    }

    private static void images(World world, Random random, int images, int each, int bases) {
        var ofBase = new ArrayList<List<SortedSet<Integer>>>();
        var ids = world.jdbi.<List<Integer>, RuntimeException>withHandle(
                handle -> handle.createQuery("select id from package order by id")
                        .mapTo(Integer.class)
                        .list());
        for (int base = 0; base < bases; base++) {
            ofBase.add(List.of(some(random, ids, each / 3), some(random, ids, each / 3)));
        }
        for (int from = 0; from < images; from += 100) {
            int first = from;
            world.jdbi.useTransaction(handle -> {
                for (int i = first; i < Math.min(images, first + 100); i++) {
                    long id = handle.createQuery("""
                                    insert into image (account_id, digest, state, added_at, analyzed_at, distro)
                                    values (:account, :digest, 'analyzed', :now, :now, 'debian:12') returning id""")
                            .bind("account", world.account)
                            .bind("digest", "sha256:" + "%064d".formatted(i))
                            .bind("now", world.now)
                            .mapTo(Long.class)
                            .one();
                    var sets = new ArrayList<>(ofBase.get(random.nextInt(bases)));
                    sets.add(some(random, ids, each - 2 * (each / 3)));
                    PackageSets.store(handle, id, sets);
                }
            });
        }
    }

    private static SortedSet<Integer> some(Random random, List<Integer> ids, int count) {
        var set = new TreeSet<Integer>();
        while (set.size() < count) {
            set.add(ids.get(random.nextInt(ids.size())));
        }
        return set;
    }

    private static void questions(World world) {
        var api = new TestApi(new FindingRoutes(world.test.database()).routes()).as(world.account, Role.VIEWER);
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            var answer = api.get("/api/v1/vulnerabilities/CVE-2025-10004/images?limit=100");
            said(
                    "images of a CVE, first page of "
                            + answer.json().objects("items").size(),
                    start);
            start = System.nanoTime();
            answer = api.get("/api/v1/images/sha256:" + "%064d".formatted(17) + "/findings?limit=1000");
            said("findings of an image, " + answer.json().objects("items").size(), start);
        }
        world.jdbi.useHandle(handle -> handle.createQuery("""
                        explain (analyze, buffers) select image.id from image
                        where image.account_id = :account and image.id > 0 and image.id in (
                            select i.image_id from image_package_set i
                            where i.package_set_id in (
                                select s.id from package_set s where s.members && (
                                    select array_agg(package_id) from match
                                    where ids && array['CVE-2025-10004']::text[] and valid_to is null)))
                        order by image.id limit 100""")
                .bind("account", world.account)
                .mapTo(String.class)
                .forEach(System.out::println));
    }

    private static void delta(World world, Records records) throws IOException {
        var next = records.copy();
        for (int i = 0; i < CHANGED; i++) {
            var name = "name" + (i * 5 % NAMES);
            next.add(
                    "GHSA-" + i,
                    List.of("CVE-2025-" + (10_000 + i)),
                    "CRITICAL",
                    i * 5 % NAMES % 2 == 0 ? Records.debian(name, "3.0.0") : Records.npm(name, "3.0.0"));
        }
        next.known.add("CVE-2025-14000");
        long start = System.nanoTime();
        world.take(next);
        said(CHANGED + " changed advisories: file built and imported", start);
        world.watcher = words -> {
            if (words.equals("activating") || words.startsWith("judged")) {
                said("  " + words, start);
            }
        };
        world.rejudged.clear();
        world.work();
        said("  done, " + world.rejudged.size() + " images", start);
        System.out.println("  events " + count(world, "event") + ", matches " + count(world, "match"));
    }

    private static long count(World world, String table) {
        return world.jdbi.<Long, RuntimeException>withHandle(
                handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    private static void sizes(World world) {
        world.jdbi.useHandle(
                handle -> handle.createQuery("""
                        select relname || ' ' || pg_size_pretty(pg_total_relation_size(oid)) from pg_class
                        where relkind = 'r' and pg_total_relation_size(oid) > 1000000
                        order by pg_total_relation_size(oid) desc limit 12""").mapTo(String.class).forEach(System.out::println));
    }
}
