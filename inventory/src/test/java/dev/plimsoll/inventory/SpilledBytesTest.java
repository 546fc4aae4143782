package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpilledBytesTest {

    private static final int PAGE = 1 << 16;

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /// Written in pieces of one length, read in pieces of another.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "0, 100, 7",
        "1, 65536, 4096",
        "1, 65537, 65536",
        "0, 65536, 65536",
        "0, 65537, 1000",
        "65536, 200000, 3333",
        "65537, 131072, 65536",
        "65537, 131073, 100000",
        "1000000, 300000, 70000",
    })
    void whatWasWrittenIsReadWhereverItLies(long memoryBytes, int length, int piece) {
        var expected = random(length);
        var writer = new SpilledBytes.Writer(memoryBytes);
        for (int at = 0; at < length; at += piece) {
            var end = Math.min(length, at + piece);
            writer.write(Arrays.copyOfRange(expected, at, end), end - at);
        }
        assertThat(writer.size()).isEqualTo(length);

        var bytes = writer.finish();
        assertThat(bytes.size()).isEqualTo(length);
        assertThat(bytes.read(0, length)).isEqualTo(expected);
        for (int from = 0; from < length; from += 4999) {
            var count = Math.min(PAGE + 1, length - from);
            assertThat(bytes.read(from, count)).isEqualTo(Arrays.copyOfRange(expected, from, from + count));
        }
    }

    @Test
    void onlyTheFrontOfAPieceIsWritten() {
        var writer = new SpilledBytes.Writer(0);
        writer.write(new byte[] {1, 2, 3}, 2);

        assertThat(writer.finish().read(0, 2)).containsExactly(1, 2);
    }

    @Test
    void theFileHasNoNameAnyMore() throws IOException {
        var before = files();
        var writer = new SpilledBytes.Writer(0);
        writer.write(random(3 * PAGE), 3 * PAGE);
        assertThat(files()).isEqualTo(before);

        var bytes = writer.finish();
        assertThat(files()).isEqualTo(before);
        assertThat(bytes.read(2 * PAGE, PAGE)).isEqualTo(Arrays.copyOfRange(random(3 * PAGE), 2 * PAGE, 3 * PAGE));
    }

    private static long files() throws IOException {
        try (var list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return list.filter(file -> file.getFileName().toString().endsWith(".files"))
                    .count();
        }
    }
}
