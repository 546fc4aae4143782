package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a layer's blob, whose digest is right: entries or a clear error that names the layer.
class PackedLayerFuzzTest {

    private static final ReadOptions OPTIONS = new ReadOptions(
            1,
            false,
            Duration.ofSeconds(30),
            new ImageLimits(1 << 20, 10, 1000, 1 << 20, 1000, 4096, 8, 1 << 20),
            (_, _, _) -> {});

    @TempDir
    static Path temporary;

    @MethodSource("blobs")
    @FuzzTest
    void anyBlobGivesEntriesOrAClearError(byte[] blob) throws IOException {
        var digest = Digest.sha256(ImageBytes.hex(blob));
        var layer = new LayerDescriptor(0, digest, Optional.empty(), "", blob.length);
        var file = ImageBytes.write(temporary.resolve("blob"), blob);
        try {
            var results = Layers.read(
                    List.of(new Blob(
                            layer, new BlobContent.FileRange(file, 0, blob.length), Optional.of(digest), false)),
                    _ -> new Seen(),
                    OPTIONS);
            assertThat(results).hasSize(1);
        } catch (ImageException e) {
            assertThat(e).hasMessageStartingWith("layer 1 (" + digest + ")");
        }
    }

    static Stream<byte[]> blobs() {
        var tar = tar().pax('x', "path", "long")
                .file("a", "text ".repeat(300))
                .about('L', "name\0")
                .hardLink("h", "a")
                .end();
        return Stream.of(
                        tar,
                        ImageBytes.gzipped(tar),
                        Zstd.compress(tar),
                        ImageBytes.gzipped(ImageBytes.gzipped(tar)),
                        new byte[] {0x1f, (byte) 0x8b},
                        new byte[] {0x1f, (byte) 0x8b, 8, (byte) 0xff, 0, 0, 0, 0, 0, 0},
                        new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
                        new byte[] {0x50, 0x2a, 0x4d, 0x18, -1, -1, -1, -1},
                        new byte[0])
                .flatMap(PackedLayerFuzzTest::changed);
    }

    private static Stream<byte[]> changed(byte[] blob) {
        Stream<byte[]> changed = Stream.iterate(0, at -> at < blob.length, at -> at + 1 + blob.length / 60)
                .map(at -> {
                    var other = blob.clone();
                    other[at] ^= (byte) (1 << (at % 8));
                    return other;
                });
        Stream<byte[]> cut = Stream.iterate(0, at -> at < blob.length, at -> at + 1 + blob.length / 40)
                .map(at -> Arrays.copyOf(blob, at));
        return Stream.concat(Stream.of(blob), Stream.concat(changed, cut));
    }
}
