package dev.plimsoll.server.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one revision after the other does to images that are there.
final class RevisionsTest {

    @TempDir
    private Path folder;

    private World world;
    private long image;

    private final Records records = new Records()
            .add("GHSA-1", List.of("CVE-2025-1001"), "HIGH", Records.npm("left", "2.0.0"))
            .add("CVE-2025-5", List.of(), "HIGH", Records.debian("zlib", "2-1"));

    @BeforeEach
    void start() throws IOException {
        world = new World(folder);
        image = world.image(
                "shop",
                Images.of("debian:12", List.of(Images.npm("left", "1.0.0", 0), Images.deb("openssl", "1-1", 0))));
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    private record Told(Set<String> causes, boolean quiet, JsonObject payload) {

        List<String> ids(String list) {
            return payload.objects(list).stream()
                    .map(entry -> entry.string("id").orElseThrow())
                    .toList();
        }
    }

    /// The events of revisions, in their order.
    private List<Told> events() {
        return world.jdbi.<List<Told>, RuntimeException>withHandle(handle -> handle.createQuery(
                        "select causes, quiet, payload from event order by sequence")
                .map((row, _) -> {
                    try {
                        return new Told(
                                Set.copyOf(MatchRows.texts(row.getArray(1).getArray())), row.getBoolean(2), (JsonObject)
                                        JsonReader.read(row.getString(3), JsonLimits.AUTHORED));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .list());
    }

    private List<FirstSeen> seen() {
        return world.jdbi.<List<FirstSeen>, RuntimeException>withHandle(
                handle -> FirstSeen.of(handle, image, Optional.empty()));
    }

    @Test
    void theFirstIsQuiet() throws IOException {
        world.revise(records);
        assertThat(events()).singleElement().satisfies(told -> {
            assertThat(told.quiet()).isTrue();
            assertThat(told.causes()).containsExactly("ADVISORY_ADDED");
        });
        assertThat(world.rejudged).containsOnlyKeys(image);
    }

    @Test
    void tellsWhatIsNewForAnImage() throws IOException {
        world.revise(records);
        var id =
                world.revise(records.copy().add("CVE-2025-2000", List.of(), "CRITICAL", Records.debian("openssl", "")));
        var told = events().getLast();
        assertThat(told.quiet()).isFalse();
        assertThat(told.causes()).containsExactly("ADVISORY_ADDED");
        assertThat(told.ids("added")).containsExactly("CVE-2025-2000");
        assertThat(told.ids("changed")).isEmpty();
        assertThat(told.payload().number("revision").orElseThrow().longValueExact())
                .isEqualTo(id);
        assertThat(told.payload().objects("added").getFirst().string("first_seen"))
                .hasValue(world.revision(id).activeFrom().orElseThrow().toString());
        assertThat(world.rejudged).containsEntry(image, Set.of(Cause.ADVISORY_ADDED));
    }

    @Test
    void anImageThatCannotBeJudgedHoldsUpNoOther() throws IOException {
        world.revise(records);
        long last = image;
        // more than are judged at once
        for (int i = 0; i < 200; i++) {
            last = world.image("other" + i, Images.of("debian:12", List.of(Images.npm("left", "1.0.0", 0))));
        }
        int before = events().size();
        world.rejudged.clear();
        world.broken = image;
        assertThatThrownBy(() -> world.revise(
                        records.copy().add("GHSA-5", List.of("CVE-2025-2000"), "LOW", Records.npm("left", ""))))
                .hasMessageContaining("cannot be read");
        assertThat(world.rejudged).hasSize(201).containsKey(last);
        assertThat(events()).hasSize(before + 201);
        world.broken = 0;
        world.work();
        assertThat(events()).hasSize(before + 201);
    }

    @Test
    void tellsOfAFixAndOfWhatIsGone() throws IOException {
        world.revise(records.copy().add("CVE-2025-2000", List.of(), "LOW", Records.debian("openssl", "")));
        world.revise(records.copy().add("CVE-2025-2000", List.of(), "LOW", Records.debian("openssl", "2-1")));
        assertThat(events().getLast().causes()).containsExactlyInAnyOrder("ADVISORY_CHANGED", "FIX_PUBLISHED");
        assertThat(events().getLast().ids("changed")).containsExactly("CVE-2025-2000");
        world.revise(records);
        assertThat(events().getLast().causes()).containsExactly("ADVISORY_WITHDRAWN");
        assertThat(events().getLast().ids("gone")).containsExactly("CVE-2025-2000");
    }

    @Test
    void whatChangesNothingWritesNothing() throws IOException {
        world.revise(records);
        var before = world.written();
        var events = events().size();
        world.rejudged.clear();
        // the same data, put together later
        var id = world.revise(records);
        assertThat(world.revision(id).state()).isEqualTo(Revision.State.ACTIVE);
        assertThat(world.written()).isEqualTo(before);
        assertThat(world.rejudged).isEmpty();
        // data about what nobody has
        world.revise(records.copy().add("GHSA-9", List.of("CVE-2025-9"), "HIGH", Records.npm("other", "2.0.0")));
        assertThat(events()).hasSize(events);
        assertThat(world.rejudged).isEmpty();
    }

    @Test
    void theSameFileIsNoRevision() throws IOException {
        var file = records.build(folder, world.now);
        long first;
        try (var in = Files.newInputStream(file)) {
            first = world.imports.take(in, "upload", false).revision().id();
        }
        world.work();
        try (var in = Files.newInputStream(file)) {
            var again = world.imports.take(in, "upload", false);
            assertThat(again.known()).isTrue();
            assertThat(again.revision().id()).isEqualTo(first);
        }
    }

    @Test
    void olderDataIsRefusedUnlessDemanded() throws IOException {
        world.revise(records);
        var older = records.copy()
                .add("GHSA-5", List.of(), "LOW", Records.npm("left", "3.0.0"))
                .build(folder, Instant.parse("2020-01-01T00:00:00Z"));
        try (var in = Files.newInputStream(older)) {
            assertThatThrownBy(() -> world.imports.take(in, "upload", false))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("before the active revision")
                    .hasMessageContaining("force");
        }
        try (var in = Files.newInputStream(older)) {
            var forced = world.imports.take(in, "upload", true).revision().id();
            world.work();
            assertThat(world.revision(forced).state()).isEqualTo(Revision.State.ACTIVE);
        }
    }

    @Test
    void aDamagedOrTruncatedFileIsRefusedAndNothingChanges() throws IOException {
        var first = world.revise(records);
        var whole = Files.readAllBytes(records.copy()
                .add("GHSA-7", List.of(), "LOW", Records.npm("left", "3.0.0"))
                .build(folder, world.now.plusSeconds(10)));
        var damaged = whole.clone();
        var mark = "GHSA-7".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < damaged.length - mark.length; i++) {
            if (java.util.Arrays.equals(damaged, i, i + mark.length, mark, 0, mark.length)) {
                damaged[i + 5] = '8';
            }
        }
        var objects = new ArrayList<String>();
        try (var all = world.objects.all()) {
            all.forEach(objects::add);
        }
        for (var bytes :
                List.of(damaged, java.util.Arrays.copyOf(whole, whole.length / 2), new byte[100], new byte[0])) {
            assertThatThrownBy(() -> world.imports.take(new ByteArrayInputStream(bytes), "upload", false))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nothing was changed")
                    .hasMessageNotContaining(folder.toString());
        }
        try (var all = world.objects.all()) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(objects);
        }
        world.work();
        assertThat(world.jdbi.<Long, RuntimeException>withHandle(
                        handle -> Revisions.active(handle).orElseThrow().id()))
                .isEqualTo(first);
    }

    private Records many() {
        var many = records.copy();
        IntStream.range(0, 40)
                .forEach(i -> many.add("GHSA-x" + i, List.of(), "LOW", Records.npm("package" + i, "1.0.0")));
        return many;
    }

    @Test
    void aRevisionThatLostMuchIsHeldUntilSomebodyReleasesIt() throws IOException {
        world.settings = RevisionSettings.DEFAULT;
        world.revise(many());
        var before = world.joined();
        var held = world.revise(
                new Records().add("GHSA-1", List.of("CVE-2025-1001"), "LOW", Records.npm("left", "2.0.0")));
        assertThat(world.revision(held).state()).isEqualTo(Revision.State.HELD);
        assertThat(world.revision(held).reason().orElseThrow())
                .contains("1 records, the active revision 42: more than 10 % are gone");
        assertThat(world.joined()).isEqualTo(before);
        world.jdbi.useTransaction(handle -> {
            Revisions.move(
                    handle,
                    held,
                    Revision.State.HELD,
                    Revision.State.CHECKING,
                    Optional.empty(),
                    Optional.of("somebody"));
            dev.plimsoll.server.jobs.JobQueue.add(handle, RevisionImport.job(held, true), world.now);
        });
        world.work();
        assertThat(world.revision(held).state()).isEqualTo(Revision.State.ACTIVE);
        assertThat(world.revision(held).decidedBy()).hasValue("somebody");
        assertThat(world.joined().get(image)).anyMatch(text -> text.contains(" low "));
    }

    @Test
    void newExploitedVulnerabilitiesOfAHeldRevisionCountAllTheSame() throws IOException {
        world.settings = RevisionSettings.DEFAULT;
        var many = many();
        many.known.add("CVE-2025-7777");
        world.revise(many);
        world.rejudged.clear();
        var then = world.now;
        var lost = records.copy();
        lost.known.addAll(List.of("CVE-2025-1001", "CVE-2025-7777"));
        var held = world.revise(lost);
        assertThat(world.revision(held).state()).isEqualTo(Revision.State.HELD);
        assertThat(world.rejudged).containsEntry(image, Set.of(Cause.KEV_ADDED));
        assertThat(events().getLast().causes()).containsExactly("KEV_ADDED");
        assertThat(events().getLast().ids("changed")).containsExactly("CVE-2025-1001");
        try (var lease = world.data.current().orElseThrow()) {
            assertThat(lease.revision().id()).isNotEqualTo(held);
            assertThat(lease.source().exploitation("CVE-2025-1001").known()).isPresent();
            // under the same revision less was known before
            long active = lease.revision().id();
            try (var before = world.data.of(active, Optional.of(then)).orElseThrow();
                    var shortly = world.data
                            .of(active, Optional.of(then.plusSeconds(1)))
                            .orElseThrow();
                    var after = world.data.of(active, Optional.of(world.now)).orElseThrow()) {
                assertThat(before.source().exploitation("CVE-2025-1001").known())
                        .isEmpty();
                assertThat(before.source().exploitation("CVE-2025-7777").known())
                        .isPresent();
                assertThat(shortly.source()).isSameAs(before.source());
                assertThat(after.source()).isSameAs(lease.source());
            }
            assertThat(lease.memory()
                            .match(java.util.Objects.requireNonNull(world.inventories.get(image)))
                            .findings()
                            .getFirst()
                            .exploitation()
                            .known())
                    .isPresent();
        }
    }

    @Test
    void aRevisionThatWouldChangeTooManyDecisionsIsHeld() throws IOException {
        world.settings = new RevisionSettings(1, 1, 1, 0.2, 1, List.of(), 1);
        world.revise(records);
        var asked = new ArrayList<Long>();
        world.forecast = (lease, images) -> {
            asked.addAll(images);
            assertThat(lease.source().named("CVE-2025-2000")).isNotEmpty();
            return images.size();
        };
        var held =
                world.revise(records.copy().add("CVE-2025-2000", List.of(), "CRITICAL", Records.debian("openssl", "")));
        assertThat(asked).containsExactly(image);
        assertThat(world.revision(held).state()).isEqualTo(Revision.State.HELD);
        assertThat(world.revision(held).reason().orElseThrow()).contains("about 1 decisions of 1 images");
        world.forecast = (_, _) -> 0;
        var next = world.revise(records.copy().add("CVE-2025-2000", List.of(), "HIGH", Records.debian("openssl", "")));
        assertThat(world.revision(next).state()).isEqualTo(Revision.State.ACTIVE);
    }

    @Test
    void anotherScoreMattersWhereItPassesAThreshold() throws IOException {
        var scored = records.copy();
        scored.scores.put("CVE-2025-1001", "0.2");
        world.revise(scored);
        world.rejudged.clear();
        var near = scored.copy();
        near.scores.put("CVE-2025-1001", "0.3");
        world.revise(near);
        assertThat(world.rejudged).isEmpty();
        var over = near.copy();
        over.scores.put("CVE-2025-1001", "0.5");
        world.revise(over);
        assertThat(world.rejudged).containsEntry(image, Set.of(Cause.EPSS_CROSSED));
    }

    @Test
    void firstSeenOutlivesChangesAndShortAbsences() throws IOException {
        var first = world.revise(records);
        var since = world.revision(first).activeFrom().orElseThrow();
        assertThat(seen()).singleElement().satisfies(found -> {
            assertThat(found.firstSeen()).isEqualTo(since);
            assertThat(found.fixSeen()).hasValue(since);
        });
        world.revise(new Records()
                .add("GHSA-1", List.of("CVE-2025-1001"), "LOW", Records.npm("left", "3.0.0"))
                .add("GHSA-2", List.of("CVE-2025-1002"), "LOW", Records.npm("other", "3.0.0")));
        assertThat(seen()).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo("low");
            assertThat(found.firstSeen()).isEqualTo(since);
        });
        var without = new Records().add("GHSA-2", List.of("CVE-2025-1002"), "LOW", Records.npm("other", "3.0.0"));
        world.revise(without);
        assertThat(seen()).isEmpty();
        world.now = world.now.plus(Duration.ofDays(3));
        world.revise(records);
        assertThat(seen())
                .singleElement()
                .satisfies(found -> assertThat(found.firstSeen()).isEqualTo(since));
        world.revise(without);
        world.now = world.now.plus(Activation.REMEMBERED).plus(Duration.ofDays(1));
        var back = world.revise(records);
        assertThat(seen())
                .singleElement()
                .satisfies(found -> assertThat(found.firstSeen())
                        .isEqualTo(world.revision(back).activeFrom().orElseThrow()));
    }

    @Test
    void anotherIdOfTheSameVulnerabilityIsNotNew() throws IOException {
        world.revise(new Records().add("GHSA-1", List.of(), "HIGH", Records.npm("left", "2.0.0")));
        var since = seen().getFirst().firstSeen();
        world.revise(records);
        assertThat(seen()).singleElement().satisfies(found -> {
            assertThat(found.vulnerability()).isEqualTo("CVE-2025-1001");
            assertThat(found.firstSeen()).isEqualTo(since);
            assertThat(found.fixSeen()).hasValue(since);
        });
        assertThat(events().getLast().ids("added")).isEmpty();
        assertThat(events().getLast().ids("gone")).isEmpty();
        assertThat(events().getLast().ids("changed")).containsExactly("CVE-2025-1001");
    }

    @Test
    void aLaterImageHasItSinceItWasAnalysed() throws IOException {
        world.revise(records);
        world.now = world.now.plus(Duration.ofDays(9));
        var later = world.image("later", Images.of("debian:12", List.of(Images.npm("left", "1.0.0", 0))));
        assertThat(world.jdbi.<List<FirstSeen>, RuntimeException>withHandle(
                        handle -> FirstSeen.of(handle, later, Optional.empty())))
                .singleElement()
                .satisfies(found -> assertThat(found.firstSeen()).isEqualTo(world.now));
    }

    @Test
    void oldDataCanBeAskedAgain() throws IOException {
        var first = world.revise(records);
        var then = world.now;
        world.revise(new Records().add("GHSA-3", List.of(), "LOW", Records.npm("other", "")));
        try (var lease = world.data.at(then).orElseThrow()) {
            assertThat(lease.revision().id()).isEqualTo(first);
            assertThat(lease.memory()
                            .match(java.util.Objects.requireNonNull(world.inventories.get(image)))
                            .findings())
                    .hasSize(1);
        }
        assertThat(world.data.at(then.minus(Duration.ofDays(1)))).isEmpty();
        assertThat(world.jdbi.<List<FirstSeen>, RuntimeException>withHandle(
                        handle -> FirstSeen.of(handle, image, Optional.of(then))))
                .hasSize(1);
        assertThat(seen()).isEmpty();
    }

    @Test
    void filesAreSharedAndClosedWhenNobodyUsesThem() throws IOException {
        world.revise(records);
        var first = world.data.current().orElseThrow();
        try (var second = world.data.current().orElseThrow()) {
            assertThat(second.source()).isSameAs(first.source());
        }
        for (int i = 0; i < 4; i++) {
            world.revise(records.copy().add("GHSA-" + (20 + i), List.of(), "LOW", Records.npm("left", "")));
            world.data.current().orElseThrow().close();
        }
        assertThat(first.source().named("GHSA-1")).hasSize(1);
        first.close();
        for (int i = 0; i < 4; i++) {
            world.revise(records.copy().add("GHSA-" + (30 + i), List.of(), "LOW", Records.npm("left", "")));
            world.data.current().orElseThrow().close();
        }
        assertThatThrownBy(() -> first.source().named("GHSA-1")).isInstanceOf(RuntimeException.class);
    }
}
