package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.TarBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/// Layers of any bytes, written and read.
abstract class LayerFixture {

    @TempDir
    Path temporary;

    private int files;

    void fails(byte[] bytes, String message) {
        fails(bytes, ImageLimits.DEFAULTS, message);
    }

    void fails(byte[] bytes, ImageLimits limits, String message) {
        assertThatThrownBy(() -> read(bytes, limits))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(message);
    }

    LayerResult<Seen> read(byte[] bytes) throws IOException {
        return read(bytes, ImageLimits.DEFAULTS);
    }

    LayerResult<Seen> read(byte[] bytes, ImageLimits limits) throws IOException {
        return Layers.read(List.of(blob(0, bytes, Optional.empty())), _ -> new Seen(), options(limits))
                .getFirst();
    }

    Blob blob(int index, byte[] bytes, Optional<Digest> diffId) {
        var digest = Digest.sha256(ImageBytes.hex(bytes));
        var layer = new LayerDescriptor(index, digest, diffId, "", bytes.length);
        return new Blob(layer, new BlobContent.FileRange(file(bytes), 0, bytes.length), Optional.of(digest), true);
    }

    Path file(byte[] bytes) {
        return ImageBytes.write(temporary.resolve("blob" + files++ % 10), bytes);
    }

    static ReadOptions options(ImageLimits limits) {
        return new ReadOptions(2, false, Duration.ofMinutes(5), limits, (_, _, _) -> {});
    }

    static ImageLimits limits(int entries, long unpacked, int pathBytes) {
        return new ImageLimits(1 << 20, 10, entries, unpacked, 1000, pathBytes, 8, 1 << 20);
    }

    static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        var tar = TarBytes.tar();
        for (var part : parts) {
            tar.raw(part);
        }
        return tar.bytes();
    }
}
