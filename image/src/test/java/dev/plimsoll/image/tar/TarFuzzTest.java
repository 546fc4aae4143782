package dev.plimsoll.image.tar;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.TarBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class TarFuzzTest {

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGiveEntriesOrAClearError(byte[] bytes) throws IOException {
        var file = Files.write(Files.createTempFile("fuzz", ".tar"), bytes);
        try (var channel = FileChannel.open(file)) {
            var reader = new TarReader(new FileTarInput(channel), "fuzz", _ -> {});
            for (var header = reader.next(); header != null; header = reader.next()) {
                assertThat(reader.content().readNBytes(100_000)).hasSizeLessThanOrEqualTo(100_000);
            }
        } catch (ImageException e) {
            assertThat(e).hasMessageStartingWith("fuzz");
        } finally {
            Files.delete(file);
        }
    }

    /// An archive with everything in it, and changes of it at every field of its headers.
    static Stream<byte[]> seeds() {
        var whole = tar().pax('g', "path", "global")
                .pax('x', "path", "p", "size", "3", "uid", "-1")
                .header(new TarBytes.Header("short", '0'))
                .content(new byte[3])
                .about('L', "long\0")
                .about('K', "link\0")
                .hardLink("x", "y")
                .pax('x', "GNU.sparse.major", "1", "GNU.sparse.minor", "0", "GNU.sparse.realsize", "12")
                .header(new TarBytes.Header("sparse", '0').size(512 + 6))
                .content("1\n3\n6\n".getBytes(StandardCharsets.UTF_8))
                .content(new byte[6])
                .header(new TarBytes.Header("old", 'S')
                        .octal(386, 11, 2)
                        .octal(398, 11, 0)
                        .octal(483, 11, 12))
                .end();
        return Stream.concat(
                Stream.of(whole, new byte[0], new byte[512], new byte[1024]),
                Stream.iterate(0, at -> at < whole.length, at -> at + 61).map(at -> {
                    var other = whole.clone();
                    other[at] = (byte) (other[at] + 1);
                    seal(other, at / 512 * 512);
                    return other;
                }));
    }

    /// Makes the check sum of a header right again, so that a change gets further than to it.
    private static void seal(byte[] tar, int block) {
        Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
        var sum = 0;
        for (var i = block; i < block + 512; i++) {
            sum += tar[i] & 0xff;
        }
        var digits = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(digits, 0, tar, block + 148, 8);
    }
}
