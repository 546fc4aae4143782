package dev.plimsoll.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Unpacking on another thread: the same bytes, the same failures, in the same order.
@Timeout(60)
final class AheadChunksTest {

    /// Chunks of changing sizes, in one buffer that is overwritten each time, as unpackers do.
    private static Chunks source(byte[] bytes, int largest) {
        var buffer = ByteBuffer.allocate(largest);
        var random = new Random(1);
        var at = new int[1];
        return () -> {
            if (at[0] == bytes.length) {
                return null;
            }
            var count = Math.min(1 + random.nextInt(largest), bytes.length - at[0]);
            buffer.clear().put(bytes, at[0], count).flip();
            at[0] += count;
            return buffer;
        };
    }

    private static byte[] all(Chunks chunks) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            out.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
        }
        return out.toByteArray();
    }

    @Test
    void handsOnTheSameBytes() throws IOException {
        var bytes = new byte[5_000_000];
        new Random(2).nextBytes(bytes);
        for (var largest : new int[] {1000, Chunks.CHUNK_BYTES, 3 * Chunks.CHUNK_BYTES + 7}) {
            try (var ahead = new AheadChunks(source(bytes, largest))) {
                assertThat(all(ahead)).isEqualTo(bytes);
                assertThat(ahead.next()).isNull();
            }
        }
    }

    @Test
    void tellsAFailureBehindWhatCameBeforeIt() throws IOException {
        var good = source(new byte[1_000_000], 1000);
        Chunks failing = () -> {
            var chunk = good.next();
            if (chunk == null) {
                throw new IOException("damaged");
            }
            return chunk;
        };
        var read = 0;
        try (var ahead = new AheadChunks(failing)) {
            while (read < 1_000_000) {
                read += java.util.Objects.requireNonNull(ahead.next()).remaining();
            }
            assertThatThrownBy(ahead::next).isInstanceOf(IOException.class).hasMessage("damaged");
            assertThat(ahead.next()).isNull();
        }
    }

    @Test
    void tellsADefectToo() {
        try (var ahead = new AheadChunks(() -> {
            throw new IllegalArgumentException("a defect");
        })) {
            assertThatThrownBy(ahead::next).hasMessage("a defect");
        }
    }

    @Test
    void closingInTheMiddleWaitsUntilTheSourceIsNoLongerRead() throws Exception {
        var closed = new AtomicBoolean();
        var readAfterClose = new AtomicBoolean();
        var started = new CountDownLatch(1);
        var endless = ByteBuffer.allocate(1000);
        var ahead = new AheadChunks(() -> {
            started.countDown();
            readAfterClose.compareAndSet(false, closed.get());
            return endless.clear();
        });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ahead.next()).isNotNull();
        ahead.close();
        closed.set(true);

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("unpack") && thread.isAlive());
        assertThat(readAfterClose).isFalse();
    }
}
