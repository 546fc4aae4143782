package dev.plimsoll.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.build.DatabaseRows;
import dev.plimsoll.advisory.build.SmallFeeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseFileTest {

    @TempDir
    private Path folder;

    private Path file;
    private Path target;

    @BeforeEach
    void build() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        file = folder.resolve("built.db");
        target = folder.resolve("data/plimsoll.db");
        DatabaseBuilder.build(folder.resolve("feeds"), file, Instant.EPOCH, _ -> {});
    }

    private String importIt() {
        return DatabaseFile.importFrom(file, target, Optional.empty());
    }

    private void forgetNote() throws IOException {
        Files.deleteIfExists(folder.resolve("built.db.sha256.json"));
    }

    @Test
    void copiesTheFileAndItsDigest() throws IOException {
        var digest = DatabaseFile.seal(file);
        assertThat(importIt()).isEqualTo(digest);
        assertThat(DatabaseFile.sealed(target)).contains(digest);
        assertThat(Files.readAllBytes(target)).isEqualTo(Files.readAllBytes(file));
        assertThat(DatabaseFile.importFrom(file, target, Optional.of(digest))).isEqualTo(digest);
        try (var list = Files.list(target.getParent())) {
            assertThat(list.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("plimsoll.db", "plimsoll.db.sha256.json");
        }
    }

    @Test
    void refusesAFileWithAnyFlippedByteAndKeepsTheFormerOne() throws IOException {
        DatabaseFile.seal(file);
        importIt();
        var good = Files.readAllBytes(file);
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            assertThatThrownBy(this::importIt).isInstanceOf(AdvisoryException.class);
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(good);
    }

    @Test
    void withoutItsNoteTheContentsAreVerifiedByTheDigestWithin() throws IOException {
        assertThat(importIt()).startsWith("sha256:");
        var good = Files.readAllBytes(file);
        var text = new String(good, StandardCharsets.ISO_8859_1);
        for (var word :
                new String[] {"4.0.0", "CVE-2023-39325", "0.17.0", "RUSTSEC-2020-0071", "2024-08-14", "Known", "0.885"
                }) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                var bytes = good.clone();
                bytes[at + word.length() - 1] ^= 1;
                Files.write(file, bytes);
                assertThatThrownBy(this::importIt)
                        .as(word + " at " + at)
                        .isInstanceOf(AdvisoryException.class)
                        .hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void refusesAFileWithAnotherDigestThanWasGiven() {
        assertThatThrownBy(() -> DatabaseFile.importFrom(file, target, Optional.of("sha256:00")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("damaged or another file")
                .hasMessageContaining("expected is sha256:00");
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesAFileThatNothingVouchesFor() throws Exception {
        DatabaseRows.change(file, "delete from metadata where key = 'content'");
        assertThatThrownBy(this::importIt)
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("carries no digest of its contents")
                .hasMessageContaining("--digest");
        DatabaseFile.seal(file);
        assertThat(importIt()).startsWith("sha256:");
    }

    @ParameterizedTest
    @CsvSource({"0, older", "2, newer", "999999999, newer", "'', reads '1'", "99999999999999999999, reads '1'"})
    void refusesOtherFormats(String format, String word) throws Exception {
        DatabaseRows.change(file, "update metadata set value = '" + format + "' where key = 'format'");
        assertThatThrownBy(() -> AdvisoryDatabase.open(file))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageStartingWith(file + " has the format '" + format + "', ")
                .hasMessageContaining(word);
        assertThatThrownBy(this::importIt).isInstanceOf(AdvisoryException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        var good = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 99, 100, 4095, 4096, 8192, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(this::importIt)
                    .as("of " + length + " bytes")
                    .isInstanceOf(AdvisoryException.class)
                    .hasMessageContaining("built.db");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesATextFileAndAForeignDatabase() throws Exception {
        forgetNote();
        Files.writeString(file, "This is a text of some length.\n".repeat(500));
        assertThatThrownBy(this::importIt)
                .isInstanceOf(AdvisoryException.class)
                .hasMessageStartingWith("cannot read the advisory database " + file + ": ");
        Files.delete(file);
        DatabaseRows.change(file, "create table people (name text)");
        assertThatThrownBy(this::importIt).hasMessage(file + " is a SQLite file, but no advisory database of Plimsoll");
        Files.delete(file);
        DatabaseRows.change(file, "create table metadata (number integer)");
        DatabaseRows.change(file, "insert into metadata values (7)");
        assertThatThrownBy(this::importIt).isInstanceOf(AdvisoryException.class);
    }

    @Test
    void saysWhenThereIsNoFile() {
        assertThatThrownBy(() -> DatabaseFile.importFrom(folder.resolve("none"), target, Optional.empty()))
                .hasMessage("there is no file " + folder.resolve("none")
                        + " to import: name one that `plimsoll db build` wrote");
        assertThatThrownBy(() -> AdvisoryDatabase.open(folder.resolve("none")))
                .hasMessage("there is no advisory database " + folder.resolve("none")
                        + ": make one with `plimsoll db build`, or name another with --db");
    }

    @Test
    void saysWhenTheNoteIsDamaged() throws IOException {
        Files.writeString(folder.resolve("built.db.sha256.json"), "{");
        assertThatThrownBy(this::importIt)
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("built.db.sha256.json is damaged");
    }
}
