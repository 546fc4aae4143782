package dev.plimsoll.server.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.events.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work on a revision dies at every step at which it may, is done again, and comes to the same end.
final class CrashTest {

    @TempDir
    private Path folder;

    private static final Records FIRST = new Records()
            .add("GHSA-1", List.of("CVE-2025-1001"), "HIGH", Records.npm("left", "2.0.0"))
            .add("CVE-2025-5", List.of(), "HIGH", Records.debian("zlib", "2-1"));

    private static final Records NEXT = FIRST.copy()
            .add("GHSA-1", List.of("CVE-2025-1001"), "LOW", Records.npm("left", "2.0.0"))
            .add("CVE-2025-6", List.of(), "HIGH", Records.debian("openssl", ""));

    /// Somebody pulled the plug.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static World world(Path folder) throws IOException {
        var world = new World(folder);
        for (int i = 0; i < 3; i++) {
            world.image(
                    "shop" + i,
                    Images.of(
                            "debian:12", List.of(Images.npm("left", "1.0.0", 0), Images.deb("openssl", "1-" + i, 1))));
        }
        world.revise(FIRST);
        return world;
    }

    private static List<String> end(World world) {
        var end = new ArrayList<String>();
        world.jdbi.useHandle(handle -> {
            for (var query : List.of(
                    "select package_id || vulnerability || severity || revision_from || coalesce(revision_to, 0)"
                            + " || from_at || valid_from from match order by package_id, vulnerability, valid_from",
                    "select id || name || payload || quiet from event order by id",
                    "select id || state from revision order by id",
                    "select package_id || vulnerability from revision_effect order by 1")) {
                end.addAll(handle.createQuery(query).mapTo(String.class).list());
            }
        });
        return end;
    }

    @Test
    void comesToTheSameEndWhereverItDies() throws IOException {
        List<String> wanted;
        Map<Long, Set<Cause>> judged;
        try (var world = world(Files.createDirectory(folder.resolve("whole")))) {
            world.revise(NEXT);
            wanted = end(world);
            judged = world.rejudged;
        }
        var steps = new ArrayList<String>();
        try (var world = world(Files.createDirectory(folder.resolve("watched")))) {
            world.watcher = steps::add;
            world.revise(NEXT);
        }
        assertThat(steps).anyMatch("activating"::equals).anyMatch(step -> step.startsWith("judged"));
        for (int death = 0; death < steps.size(); death++) {
            try (var world = world(Files.createDirectory(folder.resolve("death" + death)))) {
                world.take(NEXT);
                var left = new int[] {death};
                world.watcher = _ -> {
                    if (left[0]-- == 0) {
                        throw new Killed();
                    }
                };
                assertThatThrownBy(world::work).isInstanceOf(Killed.class);
                world.work();
                assertThat(end(world)).as("dead at %s", steps.get(death)).isEqualTo(wanted);
                assertThat(world.rejudged).isEqualTo(judged);
            }
        }
    }

    @Test
    void whatIsHalfStagedIsSeenByNobody() throws IOException {
        try (var world = world(Files.createDirectory(folder.resolve("half")))) {
            var before = world.joined();
            world.take(NEXT);
            world.watcher = words -> {
                if (words.equals("activating")) {
                    throw new Killed();
                }
            };
            assertThatThrownBy(world::work).isInstanceOf(Killed.class);
            assertThat(world.joined()).isEqualTo(before);
            // the next revision comes while the first one's work lies there half done
            world.watcher = _ -> {};
            world.revise(NEXT.copy().add("CVE-2025-7", List.of(), "LOW", Records.debian("openssl", "")));
            assertThat(world.joined().get(1L)).hasSize(3);
        }
    }
}
