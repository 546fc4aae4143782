package dev.plimsoll.image.layer;

import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Chunks that are made on a thread of their own while the ones before are looked at: most images have one layer that
/// is far larger than the others, and a second core that is idle towards the end. The bytes are copied, which costs
/// a fortieth of unpacking them. A failure is told in its place, behind the chunks that came before it.
///
/// Used by one thread. What the source changed is visible to it once the end was reached.
final class AheadChunks implements Chunks, AutoCloseable {

    private static final int BUFFERS = 4;

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<Step> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final Thread thread;
    private @Nullable ByteBuffer current;
    private boolean ended;

    AheadChunks(Chunks source) {
        for (var i = 0; i < BUFFERS; i++) {
            free.add(ByteBuffer.allocate(CHUNK_BYTES));
        }
        thread = Thread.ofPlatform().daemon().name("unpack").start(() -> make(source));
    }

    private sealed interface Step {

        record Made(ByteBuffer chunk) implements Step {}

        record Failed(IOException failure) implements Step {}

        record Broke(RuntimeException defect) implements Step {}

        record Ended(Error error) implements Step {}

        record End() implements Step {}
    }

    private void make(Chunks source) {
        try {
            for (var chunk = source.next(); chunk != null; chunk = source.next()) {
                while (chunk.hasRemaining()) {
                    var buffer = free.take().clear();
                    var count = Math.min(buffer.remaining(), chunk.remaining());
                    buffer.put(0, chunk, chunk.position(), count).limit(count);
                    chunk.position(chunk.position() + count);
                    full.add(new Step.Made(buffer));
                }
            }
            full.add(new Step.End());
        } catch (InterruptedException _) {
            // closed: nobody waits for more
        } catch (IOException e) {
            full.add(new Step.Failed(e));
        } catch (RuntimeException e) {
            full.add(new Step.Broke(e));
        } catch (Error e) {
            full.add(new Step.Ended(e));
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (current != null) {
            free.add(current);
            current = null;
        }
        if (ended) {
            return null;
        }
        switch (taken()) {
            case Step.Made(var chunk) -> current = chunk;
            case Step.End() -> ended = true;
            case Step.Failed(var failure) -> {
                ended = true;
                throw failure;
            }
            case Step.Broke(var defect) -> {
                ended = true;
                throw defect;
            }
            case Step.Ended(var error) -> {
                ended = true;
                throw error;
            }
        }
        return current;
    }

    private Step taken() throws IOException {
        try {
            return full.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ImageException(ImageException.Kind.UNREADABLE, "the reading was interrupted");
        }
    }

    /// Ends the thread before what it reads from is closed.
    @Override
    public void close() {
        thread.interrupt();
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
