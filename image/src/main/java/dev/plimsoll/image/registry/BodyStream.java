package dev.plimsoll.image.registry;

import dev.plimsoll.image.BulkInputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of an answer as a stream that gives up on a source which is too slow. Java's own stream of a body waits for
/// ever. Read by one thread; closing it ends the connection unless everything was read.
final class BodyStream extends BulkInputStream implements BodySubscriber<BodyStream> {

    /// Pieces, of 16 KiB each, that may lie ready.
    private static final int AHEAD = 8;

    private final Machine.Pace pace;
    private final Deadline deadline;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private List<ByteBuffer> buffers = List.of();
    private int next;
    private boolean ended;
    private volatile boolean closed;
    private long waitedNanos;
    private long windowBytes;

    BodyStream(Machine.Pace pace, Deadline deadline) {
        this.pace = pace;
        this.deadline = deadline;
    }

    /// The source is too slow to be waited for.
    static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException(String message) {
            super(message);
        }
    }

    private sealed interface Piece {

        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record Broken(Throwable failure) implements Piece {}

        record End() implements Piece {}
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.complete(given) || closed) {
            given.cancel();
            return;
        }
        given.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        pieces.add(new Piece.Bytes(item));
    }

    /// May be told twice; the first counts.
    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece.Broken(failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        var buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        var count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    private @Nullable ByteBuffer buffer() throws IOException {
        while (true) {
            if (closed) {
                throw new IOException("the body was closed");
            }
            while (next < buffers.size()) {
                var buffer = buffers.get(next);
                if (buffer.hasRemaining()) {
                    return buffer;
                }
                next++;
            }
            if (ended) {
                return null;
            }
            switch (taken()) {
                case Piece.Bytes(var more) -> {
                    buffers = more;
                    next = 0;
                    more.forEach(buffer -> windowBytes += buffer.remaining());
                    subscription.join().request(1);
                }
                case Piece.Broken(var failure) -> {
                    ended = true;
                    throw failure instanceof IOException broken ? broken : new IOException(failure);
                }
                case Piece.End() -> ended = true;
            }
        }
    }

    private Piece taken() throws IOException {
        var ready = pieces.poll();
        if (ready != null) {
            return ready;
        }
        while (true) {
            var left = pace.window().toNanos() - waitedNanos;
            if (left <= 0) {
                judgePace();
                continue;
            }
            var start = System.nanoTime();
            try {
                var piece = pieces.poll(Math.min(left, deadline.leftNanos()), TimeUnit.NANOSECONDS);
                waitedNanos += System.nanoTime() - start;
                if (piece != null) {
                    return piece;
                }
                deadline.check();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw Failure.unreadable("the reading was interrupted");
            }
        }
    }

    private void judgePace() throws TooSlowException {
        var least = pace.bytesPerSecond() * pace.window().toMillis() / 1000;
        if (windowBytes < least) {
            throw new TooSlowException(windowBytes + " bytes came in " + seconds(pace.window())
                    + " s of waiting, fewer than " + pace.bytesPerSecond() + " a second");
        }
        waitedNanos = 0;
        windowBytes = 0;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? String.valueOf(time.toSeconds()) : String.valueOf(time.toMillis() / 1e3);
    }

    @Override
    public void close() {
        closed = true;
        if (subscription.isDone()) {
            subscription.join().cancel();
        }
    }
}
