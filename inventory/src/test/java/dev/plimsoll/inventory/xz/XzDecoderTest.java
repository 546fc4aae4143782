package dev.plimsoll.inventory.xz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XzDecoderTest {

    private static final int MOST = 8 << 20;

    /// xz itself packs texts, noise and repetitions with several settings.
    @Test
    void unpacksWhatXzPacks(@TempDir Path folder) throws IOException, InterruptedException {
        RealImage.answers(folder, List.of("python3", "-c", """
                import lzma, random
                random.seed(1)
                words = [str(random.random()) for _ in range(500)]
                texts = {'empty': b'', 'one': b'x', 'zeros': bytes(300000), 'noise': random.randbytes(300000),
                         'text': ' '.join(random.choice(words) for _ in range(40000)).encode()}
                for name, content in texts.items():
                    open(name, 'wb').write(content)
                    for setting in (0, 6, 9):
                        open(f'{name}.{setting}.xz', 'wb').write(lzma.compress(content, preset=setting))
                    odd = [{'id': lzma.FILTER_LZMA2, 'preset': 4, 'lc': 1, 'lp': 2, 'pb': 0}]
                    open(f'{name}.odd.xz', 'wb').write(lzma.compress(content, check=lzma.CHECK_CRC32, filters=odd))
                """));
        var count = 0;
        try (var files = Files.list(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(".xz"))
                    .sorted()
                    .toList()) {
                var name = file.getFileName().toString();
                var content = folder.resolve(name.substring(0, name.indexOf('.')));
                assertThat(Arrays.equals(XzDecoder.unpack(Files.readAllBytes(file), MOST), Files.readAllBytes(content)))
                        .as(name)
                        .isTrue();
                count++;
            }
        }
        assertThat(count).isEqualTo(20);

        var zeros = Files.readAllBytes(folder.resolve("zeros.6.xz"));
        assertThatThrownBy(() -> XzDecoder.unpack(zeros, 299_999))
                .isInstanceOf(XzException.class)
                .hasMessage("it unpacks to over 299999 bytes");
        assertThatThrownBy(() -> XzDecoder.unpack(Arrays.copyOf(zeros, zeros.length / 2), MOST))
                .isInstanceOf(XzException.class);
    }

    @Test
    void refusesOtherBytes() {
        assertThatThrownBy(() -> XzDecoder.unpack(new byte[100], MOST))
                .isInstanceOf(XzException.class)
                .hasMessage("it does not begin as xz does");
    }
}
