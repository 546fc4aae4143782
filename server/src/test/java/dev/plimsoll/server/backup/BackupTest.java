package dev.plimsoll.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackupTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    private static final int SMALL = 60_000;

    @TempDir
    private Path folder;

    private FolderObjects objects(String name) throws IOException {
        return new FolderObjects(folder.resolve(name), folder.resolve(name + "-cache"));
    }

    private Backup.Summary back(TestDatabase from, FolderObjects objects, Path file) throws IOException {
        return new Backup(from.address(), objects, "1.2.3", CLOCK).write(file);
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED, DEBIAN", "DEBIAN, EMBEDDED"})
    void comesBackOnAnotherVersionOfPostgres(TestDatabase.Kind from, TestDatabase.Kind to) throws Exception {
        if (!TestDatabase.Kind.DEBIAN.isHere()) {
            System.err.println("SKIPPED: a backup between two versions of PostgreSQL: Debian's is not installed");
        }
        assumeTrue(TestDatabase.Kind.DEBIAN.isHere(), "Debian's PostgreSQL is not installed");
        var file = folder.resolve("backup.tar");
        var target = TestDatabase.empty(to);
        try (var source = TestDatabase.on(from);
                var here = objects("here");
                var there = objects("there")) {
            List<String> digests;
            java.util.Map<String, List<String>> content;
            try (var connection = Schema.connect(source.address())) {
                digests = Sample.fill(connection, here, 2 * ArchiveWriter.PIECE + 1);
                content = Sample.content(connection);
            }
            assertThat(content.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
            here.put(out -> out.write(1)); // nobody names it
            var summary = back(source, here, file);
            assertThat(summary.missing()).isEmpty();
            assertThat(summary.objects()).isEqualTo(3);
            assertThat(summary.bytes()).isEqualTo(Files.size(file));
            assertThat(summary.text()).contains("key that opens the secrets is not in it");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            var restored = new Restore(target, there).read(file);
            assertThat(restored.rows()).isEqualTo(summary.rows());
            try (var connection = Schema.connect(target)) {
                assertThat(Sample.content(connection)).isEqualTo(content);
                // the one that was given and whose row is gone is not given again
                assertThat(Schema.strings(
                                connection,
                                "insert into account (name, created_at) values ('next', now()) returning id"))
                        .containsExactly("4");
            }
            try (var all = there.all()) {
                assertThat(all).containsExactlyInAnyOrderElementsOf(digests);
            }
            // a service starts on it
            Database.open(target).close();
        }
    }

    @Test
    void isReadByOtherProgramsToo() throws Exception {
        var file = folder.resolve("backup.tar");
        try (var source = TestDatabase.create();
                var here = objects("here")) {
            try (var connection = Schema.connect(source.address())) {
                Sample.fill(connection, here, SMALL);
            }
            back(source, here, file);
        }
        var process = new ProcessBuilder("tar", "tf", file.toString())
                .redirectErrorStream(true)
                .start();
        try (var said = process.inputReader()) {
            assertThat(said.readAllAsString())
                    .contains("tables/account.000001.zst\n")
                    .endsWith("manifest.json\nmanifest.sha256\n");
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void takesTheRowsOfOneInstant() throws Exception {
        var file = folder.resolve("backup.tar");
        try (var source = TestDatabase.create();
                var here = objects("here");
                var writer = Schema.connect(source.address())) {
            Sample.fill(writer, here, SMALL);
            // while the objects are copied a row is written and committed: it must not be in
            var slow = new ChangingObjects(here, () -> {
                try (var statement = writer.createStatement()) {
                    statement.execute("insert into account (name, created_at) values ('late', now())");
                }
            });
            new Backup(source.address(), slow, "1", CLOCK).write(file);
            assertThat(Schema.strings(writer, "select name from account")).contains("late");
            var target = TestDatabase.empty(TestDatabase.Kind.EMBEDDED);
            new Restore(target, here).read(file);
            try (var connection = Schema.connect(target)) {
                assertThat(Schema.strings(connection, "select name from account"))
                        .doesNotContain("late");
            }
        }
    }

    @Test
    void isWholeButForObjectsThatAreLostAndSaysSo() throws Exception {
        var file = folder.resolve("backup.tar");
        try (var source = TestDatabase.create();
                var here = objects("here");
                var there = objects("there")) {
            List<String> digests;
            try (var connection = Schema.connect(source.address())) {
                digests = Sample.fill(connection, here, SMALL);
            }
            here.delete(digests.get(0));
            var damaged = folder.resolve("here/sha256/" + digests.get(1).substring(7, 9) + "/"
                    + digests.get(1).substring(7) + ".zst");
            Files.write(damaged, new byte[5]);
            source.database()
                    .jdbi()
                    .useHandle(handle -> handle.execute("update revision set object = 'none' where state = 'retired'"));
            var summary = back(source, here, file);
            assertThat(summary.missing()).containsExactlyInAnyOrder(digests.get(0), digests.get(1), "none");
            assertThat(summary.text()).contains("3 objects").contains("doctor");
            var restored = new Restore(TestDatabase.empty(TestDatabase.Kind.EMBEDDED), there).read(file);
            assertThat(restored.missing()).hasSize(3);
            assertThat(there.has(digests.get(2))).isTrue();
        }
    }

    @Test
    void isRestoredIntoNothingButAnEmptyDatabase() throws Exception {
        var file = folder.resolve("backup.tar");
        try (var source = TestDatabase.create();
                var used = TestDatabase.create();
                var unused = TestDatabase.create();
                var here = objects("here")) {
            try (var connection = Schema.connect(source.address())) {
                Sample.fill(connection, here, SMALL);
            }
            back(source, here, file);
            assertThatThrownBy(() -> back(source, here, file)).hasMessageContaining("is there already");
            used.database().jdbi().useHandle(handle -> handle.execute("insert into setting values ('a', 'b')"));
            assertThatThrownBy(() -> new Restore(used.address(), here).read(file))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("the table 'setting' has rows");
            var foreign = TestDatabase.empty(TestDatabase.Kind.EMBEDDED);
            try (var connection = Schema.connect(foreign);
                    var statement = connection.createStatement()) {
                statement.execute("create table other (n integer)");
            }
            assertThatThrownBy(() -> new Restore(foreign, here).read(file)).hasMessageContaining("'other'");
            new Restore(unused.address(), here).read(file);
            try (var connection = Schema.connect(unused.address())) {
                assertThat(Schema.strings(connection, "select count(*) from account"))
                        .containsExactly("2");
            }
        }
    }

    @Test
    void isRefusedWhereItIsOfANewerVersion() throws Exception {
        var file = folder.resolve("backup.tar");
        var target = TestDatabase.empty(TestDatabase.Kind.EMBEDDED);
        try (var source = TestDatabase.create();
                var here = objects("here")) {
            source.database()
                    .jdbi()
                    .useHandle(handle ->
                            handle.execute("update flyway_schema_history set version = '99' where version = '1'"));
            back(source, here, file);
            assertThatThrownBy(() -> new Restore(target, here).read(file))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("Plimsoll 1.2.3")
                    .hasMessageContaining("99");
        }
        try (var connection = Schema.connect(target)) {
            assertThat(Schema.version(connection)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void changesNothingWhereItIsDamagedAndSaysWhere() throws Exception {
        var file = folder.resolve("backup.tar");
        var target = TestDatabase.empty(TestDatabase.Kind.EMBEDDED);
        try (var source = TestDatabase.create();
                var here = objects("here");
                var there = objects("there")) {
            try (var connection = Schema.connect(source.address())) {
                Sample.fill(connection, here, SMALL);
            }
            back(source, here, file);
            var whole = Files.readAllBytes(file);
            var damaged = folder.resolve("damaged.tar");
            var random = new java.util.Random(11);
            for (var round = 0; round < 60; round++) {
                var bytes = whole.clone();
                if (round % 3 == 0) {
                    bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 1024));
                } else {
                    var place = random.nextInt(bytes.length - 1024);
                    bytes[place] = (byte) (bytes[place] ^ 1 << random.nextInt(8));
                    if (unnoticed(whole, place)) {
                        continue;
                    }
                }
                Files.write(damaged, bytes);
                assertThatThrownBy(() -> new Restore(target, there).read(damaged))
                        .as("round %s", round)
                        .isInstanceOf(BackupException.class)
                        .hasMessageContaining(damaged.toString())
                        .hasMessageContaining("damaged");
            }
            try (var all = there.all()) {
                assertThat(all).isEmpty();
            }
        }
        try (var connection = Schema.connect(target)) {
            assertThat(Schema.read(connection).tables()).isEmpty();
        }
        assertThatThrownBy(() -> new Restore(target, objects("there")).read(folder.resolve("none.tar")))
                .hasMessageContaining("there is no backup");
    }

    /// Padding after an entry says nothing.
    private static boolean unnoticed(byte[] whole, int place) {
        for (var offset = 0; offset < whole.length - 1024; ) {
            var size = Integer.parseInt(
                    new String(whole, offset + 124, 11, java.nio.charset.StandardCharsets.US_ASCII), 8);
            var end = offset + 512 + size;
            var next = (end + 511) / 512 * 512;
            if (place >= end && place < next) {
                return true;
            }
            offset = next;
        }
        return false;
    }
}
