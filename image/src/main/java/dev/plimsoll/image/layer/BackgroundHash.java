package dev.plimsoll.image.layer;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Hashes what passes by on a thread of its own: without special instructions of the processor, hashing costs as
/// much as inflating. The bytes are copied, which costs a fiftieth of hashing them.
final class BackgroundHash implements AutoCloseable {

    private static final int BUFFERS = 4;

    private final String algorithm;
    private final MessageDigest digest;
    private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final @Nullable Thread thread;
    private @Nullable Piece current;
    private boolean finished;

    /// @param algorithm `sha256` or `sha512`
    /// @param expectedBytes how much will come; little is hashed at once
    BackgroundHash(String algorithm, long expectedBytes) {
        this.algorithm = algorithm;
        try {
            this.digest = MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
        if (expectedBytes <= Chunks.CHUNK_BYTES) {
            thread = null;
        } else {
            for (var i = 0; i < BUFFERS; i++) {
                free.add(new Piece());
            }
            thread = Thread.ofPlatform().daemon().name("hash").start(this::hash);
        }
    }

    void update(byte[] bytes, int offset, int length) throws IOException {
        if (thread == null) {
            digest.update(bytes, offset, length);
            return;
        }
        var at = offset;
        while (at < offset + length) {
            if (current == null) {
                current = taken();
                current.length = 0;
            }
            var count = Math.min(offset + length - at, current.bytes.length - current.length);
            System.arraycopy(bytes, at, current.bytes, current.length, count);
            current.length += count;
            at += count;
            if (current.length == current.bytes.length) {
                full.add(current);
                current = null;
            }
        }
    }

    private Piece taken() throws IOException {
        try {
            return free.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ImageException(ImageException.Kind.UNREADABLE, "the reading was interrupted");
        }
    }

    /// The digest of everything; nothing may be added afterwards.
    Digest finish() throws IOException {
        finished = true;
        if (thread != null) {
            if (current != null) {
                full.add(current);
            }
            full.add(Piece.END);
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new ImageException(ImageException.Kind.UNREADABLE, "the reading was interrupted");
            }
        }
        return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    private void hash() {
        try {
            for (var piece = full.take(); piece != Piece.END; piece = full.take()) {
                digest.update(piece.bytes, 0, piece.length);
                free.add(piece);
            }
        } catch (InterruptedException _) {
            // given up: nobody waits for the digest
        }
    }

    @Override
    public void close() {
        if (thread != null && !finished) {
            thread.interrupt();
        }
    }

    private static final class Piece {
        static final Piece END = new Piece(new byte[0]);

        final byte[] bytes;
        int length;

        Piece() {
            this(new byte[Chunks.CHUNK_BYTES]);
        }

        private Piece(byte[] bytes) {
            this.bytes = bytes;
        }
    }
}
