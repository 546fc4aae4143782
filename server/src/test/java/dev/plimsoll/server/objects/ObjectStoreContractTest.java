package dev.plimsoll.server.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of objects does: a folder, a bucket of a stand-in, a bucket of a real server.
final class ObjectStoreContractTest {

    private static final String ABSENT = "sha256:" + "0".repeat(64);

    enum Kind {
        FOLDER,
        STAND_IN,
        REAL
    }

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    private ObjectStore store(Kind kind) throws IOException {
        var store = switch (kind) {
            case FOLDER -> new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
            case STAND_IN -> {
                var bucket = new S3StandIn();
                open.add(bucket);
                yield S3Objects.open(
                        bucket.settings("/p"),
                        folder.resolve("scratch"),
                        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
                        Duration.ofMillis(1),
                        3);
            }
            case REAL -> {
                var gateway = VersityGateway.start(folder);
                assumeTrue(gateway.isPresent(), "versitygw is not installed");
                open.add(gateway.orElseThrow());
                // a real server looks at the time
                yield S3Objects.open(
                        gateway.orElseThrow().settings(),
                        folder.resolve("scratch"),
                        InstantSource.system(),
                        Duration.ofMillis(1),
                        3);
            }
        };
        open.addFirst(store);
        return store;
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackWhatWasPut(Kind kind) throws IOException {
        var store = store(kind);
        var random = new Random(7);
        for (var size : new int[] {0, 1, 100, 300_000, 3_000_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            var digest = store.put(out -> out.write(bytes));
            assertThat(store.has(digest)).isTrue();
            try (var in = store.read(digest).orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
            assertThat(Files.readAllBytes(store.file(digest))).isEqualTo(bytes);
            assertThat(store.lastPut(digest)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void knowsWhatItDoesNotHave(Kind kind) throws IOException {
        var store = store(kind);
        assertThat(store.has(ABSENT)).isFalse();
        assertThat(store.read(ABSENT)).isEmpty();
        assertThat(store.lastPut(ABSENT)).isEmpty();
        assertThatThrownBy(() -> store.file(ABSENT))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining(ABSENT);
        store.delete(ABSENT);
        try (var all = store.all()) {
            assertThat(all).isEmpty();
        }
        assertThatThrownBy(() -> store.has("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void listsAndForgets(Kind kind) throws IOException {
        var store = store(kind);
        var digests = new ArrayList<String>();
        for (var i = 0; i < 8; i++) {
            var text = "object " + i;
            digests.add(store.put(out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
        }
        try (var all = store.all()) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(digests);
        }
        var gone = digests.removeFirst();
        var file = store.file(gone);
        store.delete(gone);
        assertThat(file).doesNotExist();
        assertThat(store.read(gone)).isEmpty();
        try (var all = store.all()) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(digests);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsNothingOfAnObjectWhoseWriterFails(Kind kind) throws IOException {
        var store = store(kind);
        assertThatThrownBy(() -> store.put(out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("the source dried up");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the source dried up");
        try (var all = store.all()) {
            assertThat(all).isEmpty();
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".unfinished")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesTheSameObjectFromSeveralAtOnce(Kind kind) throws Exception {
        var store = store(kind);
        var bytes = new byte[400_000];
        new Random(3).nextBytes(bytes);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<String>>();
            for (var i = 0; i < 8; i++) {
                tasks.add(() -> {
                    var digest = store.put(out -> out.write(bytes));
                    assertThat(Files.readAllBytes(store.file(digest))).isEqualTo(bytes);
                    return digest;
                });
            }
            for (var done : pool.invokeAll(tasks)) {
                try (var in = store.read(done.get()).orElseThrow()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
        try (var all = store.all()) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void aRealServerRefusesAWrongSecret() throws IOException {
        var gateway = VersityGateway.start(folder);
        assumeTrue(gateway.isPresent(), "versitygw is not installed");
        open.add(gateway.orElseThrow());
        var settings = gateway.orElseThrow().settings("guess");
        assertThatThrownBy(() -> S3Objects.open(settings, folder.resolve("scratch"), InstantSource.system()))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
        var elsewhere = new S3Settings(
                settings.endpoint(), "us-east-1", "no-such-box", "", true, "us", "a-secret-of-tests", Optional.empty());
        assertThatThrownBy(() -> S3Objects.open(elsewhere, folder.resolve("scratch"), InstantSource.system()))
                .hasMessageContaining("there is no bucket no-such-box");
    }
}
