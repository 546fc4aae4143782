package dev.plimsoll.image.tar;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

class TarFuzzTest {

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
}
