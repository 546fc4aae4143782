package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several layers, mistakes of visitors, and bytes of any kind.
@Timeout(120)
class LayersTest extends LayerFixture {

    @Test
    void ofSeveralBrokenLayersTheLowestIsTold() {
        List<Blob> blobs = new ArrayList<>(List.of(blob(0, tar().file("a", "x").end(), Optional.empty())));
        for (var i = 1; i < 6; i++) {
            blobs.add(blob(i, ImageBytes.bytes("broken".repeat(100 * i)), Optional.empty()));
        }
        for (var round = 0; round < 20; round++) {
            assertThatThrownBy(() -> Layers.read(blobs, _ -> new Seen(), options(ImageLimits.DEFAULTS)))
                    .hasMessageStartingWith("layer 2 ");
        }
    }

    @Test
    void aVisitorsOwnMistakeComesThrough() {
        LayerVisitor<String> broken = new LayerVisitor<>() {
            @Override
            public void visit(LayerEntry entry, InputStream content) {
                throw new IllegalStateException("mine");
            }

            @Override
            public String finish() {
                return "";
            }
        };
        assertThatThrownBy(() -> Layers.read(
                        List.of(blob(0, tar().file("a", "").end(), Optional.empty())),
                        _ -> broken,
                        options(ImageLimits.DEFAULTS)))
                .isInstanceOf(IllegalStateException.class);
    }

    /// Whatever bytes come: a result or an ImageException.
    @Test
    void mutatedLayersGiveAResultOrAClearError() {
        var random = new Random(7);
        var tar = tar().about('L', "long/name\0")
                .file("a", "content")
                .pax('x', "path", "p", "GNU.sparse.map", "0,3", "GNU.sparse.size", "9")
                .file("s", "abc")
                .symbolicLink("l", "a")
                .hardLink("h", "a")
                .file(".wh.x", "")
                .end();
        for (var seed : List.of(tar, ImageBytes.gzipped(tar), Zstd.compress(tar))) {
            for (var round = 0; round < 1500; round++) {
                var bytes = seed.clone();
                for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                sealHeaders(bytes, seed == tar && round % 2 == 0);
                try {
                    assertThat(read(bytes).entries()).isNotNegative();
                } catch (IOException e) {
                    assertThat(e).isInstanceOf(ImageException.class);
                }
            }
        }
    }

    /// Makes check sums right again, so that mutations get further than to them.
    private static void sealHeaders(byte[] tar, boolean wanted) {
        for (var at = 0; wanted && at + 512 <= tar.length; at += 512) {
            if (tar[at + 257] == 'u') {
                Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
                var sum = 0;
                for (var i = at; i < at + 512; i++) {
                    sum += tar[i] & 0xff;
                }
                System.arraycopy(ImageBytes.bytes(String.format(Locale.ROOT, "%06o\0 ", sum)), 0, tar, at + 148, 8);
            }
        }
    }
}
