package dev.plimsoll.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.TarBytes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Blobs that are no files: their bytes come from elsewhere.
class StreamedBlobTest {

    private static final byte[] PACKED =
            ImageBytes.gzipped(TarBytes.tar().file("a", "x".repeat(100_000)).end());

    @Test
    void aStreamIsReadInWhateverPiecesItComes() throws IOException {
        var closed = new AtomicInteger();
        var results = read(blob(0, PACKED.length, () -> new FilterInputStream(new ByteArrayInputStream(PACKED)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 7));
            }

            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        }));

        assertThat(results.getFirst().contents).containsOnlyKeys("a");
        assertThat(closed).hasValue(1);
    }

    @Test
    void aStreamOfUnknownLengthIsReadToItsEnd() throws IOException {
        assertThat(read(blob(0, -1, () -> new ByteArrayInputStream(PACKED))).getFirst().contents)
                .containsOnlyKeys("a");
    }

    @Test
    void aShortStreamIsAnErrorAndALongOneIsNotReadFurther() throws IOException {
        assertThatThrownBy(() -> read(blob(0, PACKED.length, () -> new ByteArrayInputStream(PACKED, 0, 90))))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("ends after 90 of " + PACKED.length + " bytes");
        var longer = Arrays.copyOf(PACKED, PACKED.length + 10_000);
        assertThat(read(blob(0, PACKED.length, () -> new ByteArrayInputStream(longer))))
                .hasSize(1);
    }

    @Test
    void whatTheOpenerSaysIsTold() {
        assertThatThrownBy(() -> read(blob(0, PACKED.length, () -> {
                    throw new IOException("nobody answers");
                })))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("nobody answers");
    }

    @Test
    @Timeout(30)
    void aLayerThatWaitsIsGivenUpWhenALowerOneFailed() {
        var waiting = new CountDownLatch(1);
        var never = blob(1, 1000, () -> new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    waiting.countDown();
                    Thread.sleep(3_600_000);
                    return -1;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        });
        var failing = blob(0, 1000, () -> {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            throw new IOException("broken");
        });

        assertThatThrownBy(() -> read(failing, never)).hasMessageContaining("broken");
    }

    private static List<Seen> read(Blob... blobs) throws IOException {
        var defaults = ReadOptions.defaults();
        return Layers.read(
                        List.of(blobs),
                        _ -> new Seen(),
                        new ReadOptions(2, false, defaults.timeout(), defaults.limits(), defaults.progress()))
                .stream()
                .map(result -> result.found())
                .toList();
    }

    private static Blob blob(int index, long length, BlobContent.Opener opener) {
        var digest = Digest.sha256(ImageBytes.hex(PACKED));
        return new Blob(
                new LayerDescriptor(index, digest, Optional.empty(), "", length),
                new BlobContent.Streamed(length, opener),
                Optional.of(digest),
                false);
    }
}
