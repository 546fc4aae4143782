package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.TarBytes.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What ends the reading of a layer that is too much.
@Timeout(120)
class LayerLimitsTest extends LayerFixture {

    @Test
    void limitsHoldOnBothSidesAndNameTheirOption() throws IOException {
        var tar = tar().file("12345", "").file("a", "").file("b", "").end();

        assertThat(read(tar, limits(3, tar.length, 5)).entries()).isEqualTo(3);
        fails(tar, limits(2, tar.length, 5), "more entries than the limit of 2 (--max-layer-entries)");
        fails(
                tar,
                limits(3, tar.length - 1, 5),
                "the limit of " + (tar.length - 1) + " bytes (--max-layer-unpacked-bytes)");
        assertThat(read(tar, limits(3, tar.length, 4)).found().problems)
                .containsExactly("12345: a name of 5 bytes is over the limit of 4 (--max-path-bytes)");
    }

    @Test
    void aDecompressionBombEndsAtItsRatio() throws IOException {
        var zeros = new byte[1 << 20];
        for (var zstd : new boolean[] {false, true}) {
            var out = new ByteArrayOutputStream();
            if (zstd) {
                try (var stream = new ZstdOutputStream(out)) {
                    bomb(stream, zeros);
                }
            } else {
                try (var stream = new GZIPOutputStream(out)) {
                    bomb(stream, zeros);
                }
            }
            fails(out.toByteArray(), limited(10), "the limit of 10 bytes for each packed one (--max-ratio)");
        }
    }

    /// A database's empty tablespace is no bomb: five packed megabytes are never too few.
    @Test
    void aFileOfZerosAtTheFrontOfALayerIsNoBomb() throws IOException {
        var tar = tar().file("zeros", new byte[40 << 20])
                .file("text", random(100_000))
                .end();

        assertThat(read(ImageBytes.gzipped(tar), limited(10)).found().contents).containsOnlyKeys("zeros", "text");
    }

    private static void bomb(OutputStream stream, byte[] zeros) throws IOException {
        stream.write(tar().header(new Header("bomb", '0').base256(124, 12, 80L << 20))
                .bytes());
        for (var i = 0; i < 80; i++) {
            stream.write(zeros);
        }
        stream.write(new byte[1024]);
    }

    private static ImageLimits limited(int ratio) {
        return new ImageLimits(1 << 20, 10, 1000, 1L << 40, ratio, 4096, 8, 1 << 20);
    }

    @Test
    void millionsOfEntriesEndAtTheLimitInLittleMemory() throws IOException {
        var path = temporary.resolve("many");
        var block = tar().header(new Header("same", '0')).bytes();
        var many = new byte[block.length * 2000];
        for (var i = 0; i < 2000; i++) {
            System.arraycopy(block, 0, many, i * block.length, block.length);
        }
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(path))) {
            for (var i = 0; i < 150; i++) {
                gzip.write(many);
            }
        }
        var size = Files.size(path);
        var blob = new Blob(
                new LayerDescriptor(0, Digest.sha256("0".repeat(64)), Optional.empty(), "", size),
                new BlobContent.FileRange(path, 0, size),
                Optional.empty(),
                false);

        assertThatThrownBy(
                        () -> Layers.read(List.of(blob), _ -> new Counting(), options(limits(299_999, 1L << 40, 4096))))
                .hasMessageContaining("--max-layer-entries");
        assertThat(Layers.read(List.of(blob), _ -> new Counting(), options(limits(300_000, 1L << 40, 4096)))
                        .getFirst()
                        .found())
                .isEqualTo(300_000);
    }

    @Test
    void whatIsReadOfSparseFilesIsLimitedOnBothSides() throws IOException {
        var tar = tar().pax('x', "GNU.sparse.size", "70000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .pax('x', "GNU.sparse.size", "30000", "GNU.sparse.map", "0,1")
                .file("b", "x")
                .end();

        assertThat(walked(tar, 100_000, new Discarding()).entries()).isEqualTo(2);
        for (var visitor : List.of(new Discarding(), new Skipping())) {
            assertThatThrownBy(() -> walked(tar, 99_999, visitor))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining(
                            "the sparse files in all layers together were read for more than the limit of 99999 bytes (--max-sparse-bytes)");
        }
    }

    private static LayerWalk<String> walked(byte[] tar, long maxSparseBytes, LayerVisitor<String> visitor)
            throws IOException {
        var guard = new ReadGuard(
                        Duration.ofMinutes(5), new ImageLimits.Work(1 << 20, 10, 10, 10, 1 << 20, maxSparseBytes))
                .forLayer(0, "layer 1");
        var walk = new LayerWalk<>(visitor, ImageLimits.DEFAULTS, guard);
        var chunks = List.of(ByteBuffer.wrap(tar)).iterator();
        walk.walk(new ChunkTarInput(() -> chunks.hasNext() ? chunks.next() : null));
        return walk;
    }

    @Test
    void theTimeIsLimitedEvenWithinAHoleWithoutEnd() {
        var tar = tar().pax('x', "GNU.sparse.size", "8000000000000000000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .end();
        var options = new ReadOptions(1, false, Duration.ofMillis(200), ImageLimits.DEFAULTS, (_, _, _) -> {});

        assertThatThrownBy(() -> Layers.read(List.of(blob(0, tar, Optional.empty())), _ -> new Discarding(), options))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("--timeout");
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        var tar = tar().pax('x', "GNU.sparse.size", "8000000000000000000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .end();
        List<String> failures = new ArrayList<>();
        var reader = Thread.ofPlatform().start(() -> {
            try {
                Layers.read(
                        List.of(blob(0, tar, Optional.empty())), _ -> new Discarding(), options(ImageLimits.DEFAULTS));
            } catch (IOException e) {
                failures.add(e.getMessage() + " " + Thread.currentThread().isInterrupted());
            }
        });
        Thread.sleep(200);
        reader.interrupt();
        reader.join();

        assertThat(failures).containsExactly("the reading of the layers was interrupted true");
    }

    private static final class Counting implements LayerVisitor<Integer> {
        private int count;

        @Override
        public void visit(LayerEntry entry, InputStream content) {
            count++;
        }

        @Override
        public Integer finish() {
            return count;
        }
    }

    private static final class Skipping implements LayerVisitor<String> {
        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            content.skipNBytes(entry.size());
        }

        @Override
        public String finish() {
            return "";
        }
    }

    private static final class Discarding implements LayerVisitor<String> {
        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            content.transferTo(OutputStream.nullOutputStream());
        }

        @Override
        public String finish() {
            return "";
        }
    }
}
