package dev.plimsoll.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.server.events.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The history of verdicts, whatever happens in which order: a chain for each name, and what is replayed as of then is
/// what was said then.
final class HistoryTest {

    private static final List<String> SEVERITIES = List.of("LOW", "HIGH", "CRITICAL");
    private static final String GRACE = "{\"grace\": [{\"days\": 7, \"from\": \"first_seen\"}]}";

    @TempDir
    private Path folder;

    private record Row(String key, Instant at, Instant validTo) {}

    private static void isAChain(Service service) {
        var rows = service.test
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select image_id || ' ' || name as key, at, coalesce(valid_to, 'infinity') as valid_to"
                                        + " from verdict order by image_id, name, at, id")
                        .map((row, _) -> new Row(
                                row.getString("key"),
                                row.getTimestamp("at").toInstant(),
                                row.getTimestamp("valid_to").getTime() > 4_000_000_000_000L
                                        ? Instant.MAX
                                        : row.getTimestamp("valid_to").toInstant()))
                        .list());
        for (var chain : rows.stream().collect(Collectors.groupingBy(Row::key)).values()) {
            for (int i = 1; i < chain.size(); i++) {
                assertThat(chain.get(i).at())
                        .as(chain.toString())
                        .isEqualTo(chain.get(i - 1).validTo());
            }
            assertThat(chain.getLast().validTo()).as(chain.toString()).isEqualTo(Instant.MAX);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void replayOfThenIsTheVerdictOfThen(int seed) throws Exception {
        var chance = new Random(seed);
        try (var service = new Service(folder)) {
            var images = new ArrayList<Long>();
            var asked = new ArrayList<Map.Entry<Long, Instant>>();
            for (int step = 0; step < 25; step++) {
                service.seconds(1 + chance.nextInt(200_000));
                switch (chance.nextInt(6)) {
                    case 0, 1 -> {
                        var image = service.image(
                                "registry.example/app" + images.size() + ":1",
                                "a@1." + chance.nextInt(6) + ".0",
                                "b@1." + chance.nextInt(6) + ".0");
                        images.add(image);
                        service.judge(image, Cause.IMAGE_CHANGED);
                    }
                    case 2, 3 -> {
                        service.revision(record(chance, "a"), record(chance, "b"));
                        service.sweep.judge(images.stream()
                                .collect(Collectors.toMap(image -> image, _ -> Set.of(Cause.ADVISORY_CHANGED))));
                    }
                    case 4 ->
                        service.activate(Service.bundle(
                                "b" + step,
                                SEVERITIES.get(chance.nextInt(3)).toLowerCase(java.util.Locale.ROOT),
                                chance.nextBoolean() ? GRACE : "{}"));
                    default -> {
                        service.api.put("/api/v1/waivers/w" + chance.nextInt(2), """
                                version: 1
                                waivers:
                                  - {id: w%d, scope: {packages: [%s]}, reason: accepted-risk, text: x, owner: y, until: 2026-06-%02d}
                                """.formatted(
                                        step, chance.nextBoolean() ? "a" : "b", 2 + chance.nextInt(28)));
                        service.work();
                    }
                }
                while (service.timer.turn()) {
                    // all that is due
                }
                isAChain(service);
                service.seconds(1);
                images.forEach(image -> asked.add(Map.entry(image, service.now())));
            }
            assertThat(images).isNotEmpty();
            int compared = 0;
            for (var pair : asked) {
                // the timer runs at the end of a step: what time changed within one is told at its end
                var digest = service.digest(pair.getKey());
                var stored = service.api.get("/api/v1/images/" + digest + "/verdict?at=" + pair.getValue());
                var replayed =
                        service.api.get("/api/v1/check?format=json&reference=" + digest + "&at=" + pair.getValue());
                assertThat(replayed.status()).as(replayed.text()).isEqualTo(200);
                var verdict = replayed.json().object("verdict");
                assertThat(stored.json().string("decision")).isEqualTo(verdict.string("decision"));
                assertThat(stored.json().string("final_action")).isEqualTo(verdict.string("finalAction"));
                assertThat(stored.json().string("explanation")).isEqualTo(verdict.string("explanation"));
                assertThat(stored.json().number("stops").orElseThrow().intValue())
                        .isEqualTo((int) verdict.objects("results").stream()
                                .filter(result -> result.string("action").equals(java.util.Optional.of("stop")))
                                .count());
                compared++;
            }
            assertThat(compared).isGreaterThan(10);
        }
    }

    private static String record(Random chance, String name) {
        return name + " " + SEVERITIES.get(chance.nextInt(3)) + " 1." + (1 + chance.nextInt(5)) + ".0";
    }

    @Test
    void manyJudgesOfOneImageLeaveOneChain() throws Exception {
        try (var service = new Service(folder)) {
            service.activate(Service.bundle("b0", "high", "{}"));
            service.revision("a HIGH 1.5.0");
            var images = new ArrayList<Long>();
            for (int i = 0; i < 3; i++) {
                images.add(service.image("registry.example/app" + i + ":1", "a@1.0.0"));
            }
            var other = service.judge(service.test.database());
            var stop = new AtomicBoolean();
            var begun = new CountDownLatch(1);
            var judges = new ArrayList<Callable<Integer>>();
            for (var judge : List.of(service.judge, other, service.judge, other)) {
                judges.add(() -> {
                    int done = 0;
                    boolean last;
                    do {
                        // what changed last is judged by each of them
                        last = stop.get();
                        for (long image : images) {
                            judge.judge(service.account, image, Set.of(Cause.ADVISORY_CHANGED), false);
                            done++;
                        }
                        begun.countDown();
                    } while (!last);
                    return done;
                });
            }
            try (var threads = Executors.newFixedThreadPool(judges.size())) {
                var running = judges.stream().map(threads::submit).toList();
                assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
                for (int i = 0; i < 25; i++) {
                    service.seconds(1);
                    if (i % 2 == 0) {
                        service.revision((i % 4 == 0 ? "a LOW" : "a HIGH") + " 1.5.0");
                    } else {
                        service.activate(Service.bundle("b" + i, i % 3 == 0 ? "low" : "high", "{}"));
                    }
                }
                stop.set(true);
                for (var each : running) {
                    assertThat(each.get()).isPositive();
                }
            }
            isAChain(service);
            // and the last word is that of who judges when all is still
            int rows = service.one("select count(*) from verdict", Integer.class);
            assertThat(rows).isGreaterThan(6);
            for (long image : images) {
                assertThat(service.judge.judge(service.account, image, Set.of(), false))
                        .isZero();
            }
            assertThat(service.one("select count(*) from event", Integer.class)).isLessThanOrEqualTo(rows);
        }
    }

    @Test
    void testBundleIsOne() throws IOException {
        assertThat(BundleReader.read("b", Service.bundle("b", "high", GRACE).getBytes(StandardCharsets.UTF_8))
                        .errors())
                .isEmpty();
    }
}
