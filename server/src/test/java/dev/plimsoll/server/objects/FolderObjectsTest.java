package dev.plimsoll.server.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderObjectsTest {

    @TempDir
    private Path folder;

    private FolderObjects open() throws IOException {
        return new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
    }

    private static ObjectStore.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path place(String digest) {
        return folder.resolve("objects").resolve(Digests.place(digest));
    }

    private static void read(ObjectStore store, String digest) throws IOException {
        try (var in = store.read(digest).orElseThrow()) {
            in.readAllBytes();
        }
    }

    @Test
    void tellsAFileThatIsCutChangedOrAnother() throws IOException {
        try (var store = open()) {
            var bytes = new byte[100_000];
            new Random(1).nextBytes(bytes);
            var digest = store.put(out -> out.write(bytes));
            var other = store.put(text("other"));
            var whole = Files.readAllBytes(place(digest));
            for (var damage : new byte[][] {
                java.util.Arrays.copyOf(whole, whole.length / 2), new byte[0], Files.readAllBytes(place(other))
            }) {
                Files.write(place(digest), damage);
                assertThatThrownBy(() -> read(store, digest))
                        .isInstanceOf(ObjectStoreException.class)
                        .hasMessageContaining(digest)
                        .hasMessageContaining(folder.toString());
                assertThatThrownBy(() -> store.file(digest)).isInstanceOf(ObjectStoreException.class);
            }
        }
    }

    @Test
    void keepsFailingAtTheEndOfWhatIsWrong() throws IOException {
        try (var store = open()) {
            var digest = store.put(text("a"));
            Files.copy(place(store.put(text("b"))), place(digest), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (var in = store.read(digest).orElseThrow()) {
                assertThat(in.read()).isEqualTo('b');
                assertThatThrownBy(in::read).isInstanceOf(ObjectStoreException.class);
                assertThatThrownBy(in::read).isInstanceOf(ObjectStoreException.class);
            }
        }
    }

    @Test
    void clearsAwayWhatKilledWritersLeftLongAgo() throws IOException {
        open().close();
        var old = folder.resolve("objects").resolve("unfinished").resolve("object1.unfinished");
        var young = folder.resolve("objects").resolve("unfinished").resolve("object2.unfinished");
        var cached = folder.resolve("cache").resolve("unpacked1.unfinished");
        for (var file : new Path[] {old, young, cached}) {
            Files.write(file, new byte[10]);
        }
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(cached, FileTime.fromMillis(1_000_000));
        open().close();
        assertThat(old).doesNotExist();
        assertThat(cached).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void makesAnObjectYoungAgainThatIsPutAgain() throws IOException {
        try (var store = open()) {
            var digest = store.put(text("a"));
            Files.setLastModifiedTime(place(digest), FileTime.fromMillis(1_000_000));
            var old = store.lastPut(digest).orElseThrow();
            store.put(text("a"));
            assertThat(store.lastPut(digest).orElseThrow()).isAfter(old);
        }
    }

    @Test
    void forgetsTheFilesNotAskedForTheLongestWhenTheyBecomeTooMuch() throws IOException {
        try (var store = open()) {
            var cache = new FileCache(folder.resolve("small"), 25);
            var first = store.put(text("first67890"));
            var second = store.put(text("secon67890"));
            var third = store.put(text("third67890"));
            var file = cache.file(first, store);
            cache.file(second, store);
            cache.file(first, store);
            try (var open = Files.newInputStream(cache.file(second, store))) {
                cache.file(first, store);
                cache.file(third, store);
                assertThat(file).exists();
                assertThat(folder.resolve("small").resolve(second.substring(7))).doesNotExist();
                assertThat(new String(open.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("secon67890");
            }
            assertThat(cache.file(second, store)).hasContent("secon67890");
            var large = store.put(text("large ".repeat(10)));
            assertThat(cache.file(large, store)).hasContent("large ".repeat(10));
            try (var left = Files.list(folder.resolve("small"))) {
                assertThat(left).hasSize(1);
            }
            // what lies there from before counts too
            assertThat(new FileCache(folder.resolve("small"), 25).file(first, store))
                    .exists();
            try (var left = Files.list(folder.resolve("small"))) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void saysThatTheDiskIsFullKeepsNothingOfItAndGoesOnWhenThereIsRoom() throws Exception {
        var small = Files.createDirectories(folder.resolve("small"));
        assumeTrue(mount(small), "no file system can be mounted here");
        try (var store = new FolderObjects(small.resolve("objects"), folder.resolve("cache"))) {
            var bytes = new byte[600_000];
            new Random(1).nextBytes(bytes);
            var first = store.put(out -> out.write(bytes));
            new Random(2).nextBytes(bytes);
            assertThatThrownBy(() -> store.put(out -> out.write(bytes)))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("No space left")
                    .hasMessageContaining(small.toString())
                    .hasMessageContaining("free some space");
            try (var all = store.all()) {
                assertThat(all).containsExactly(first);
            }
            try (var left = Files.list(small.resolve("objects").resolve("unfinished"))) {
                assertThat(left).isEmpty();
            }
            store.delete(first);
            read(store, store.put(out -> out.write(bytes)));
        } finally {
            // busy where a file was left open
            assertThat(new ProcessBuilder("umount", small.toString()).start().waitFor())
                    .isZero();
        }
    }

    private static boolean mount(Path place) throws Exception {
        var mounted = Files.isExecutable(Path.of("/usr/bin/mount"))
                && new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        if (!mounted) {
            System.err.println("SKIPPED: a full disk: only root can mount a small file system");
        }
        return mounted;
    }
}
