package dev.plimsoll.server.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class PushedInventoryTest {

    @TempDir
    private Path folder;

    /// A body of which the rest does not come until somebody closes the connection.
    private static final class Slow extends InputStream {

        private final CountDownLatch begun;
        private final CountDownLatch closed;

        private Slow(CountDownLatch begun, CountDownLatch closed) {
            this.begun = begun;
            this.closed = closed;
        }

        @Override
        public int read() throws IOException {
            begun.countDown();
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }

    @Test
    @Timeout(30)
    void whoSendsSlowlyKeepsNobodyElseWaiting() throws Exception {
        var reader = new PushedInventory(folder, PushedInventory.MAX_BYTES);
        var begun = new CountDownLatch(5);
        var closed = new CountDownLatch(1);
        var slow = new ArrayList<Thread>();
        for (int i = 0; i < 5; i++) {
            slow.add(Thread.ofVirtual().start(() -> {
                try {
                    reader.read(new Slow(begun, closed));
                } catch (IOException | RuntimeException _) {
                    // it never came
                }
            }));
        }
        begun.await();
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(ImagesFixtures.inventory(Digest.sha256("0".repeat(64)), List.of()), out);
        assertThat(reader.read(new ByteArrayInputStream(out.toByteArray())).packages())
                .isEmpty();
        closed.countDown();
        for (var thread : slow) {
            thread.join();
        }
        try (var left = Files.list(folder)) {
            assertThat(left).as("temporary files").isEmpty();
        }
    }
}
