package dev.plimsoll.image.layer;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One layer's way from the file to its visitor: read, hashed, unpacked, hashed again where asked, walked. Used
/// once, by one thread; a large layer is unpacked on another one.
final class LayerReading<R> {

    /// In packed bytes: a smaller layer is unpacked before another thread would have begun.
    private static final long AHEAD_FROM = 1L << 20;

    private final Blob blob;
    private final LayerVisitor<R> visitor;
    private final ReadOptions options;
    private final ReadGuard.ForLayer guard;

    LayerReading(Blob blob, LayerVisitor<R> visitor, ReadOptions options, ReadGuard guard) {
        this.blob = blob;
        this.visitor = visitor;
        this.options = options;
        this.guard = guard.forLayer(blob.layer().index(), blob.where());
    }

    LayerResult<R> read() throws IOException {
        var length = blob.content().length();
        try (var packed = PackedChunks.open(
                blob.content(),
                guard,
                read -> options.progress().read(blob.layer().index(), read, Math.max(read, length)))) {
            return read(packed);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(ImageException.Kind.UNREADABLE, blob.where() + ": " + e, e);
        }
    }

    private LayerResult<R> read(PackedChunks file) throws IOException {
        var length =
                blob.content().length() < 0 ? Long.MAX_VALUE : blob.content().length();
        var blobHash = blob.blobDigest()
                .map(digest -> new BackgroundHash(digest.algorithm(), length))
                .orElse(null);
        var diffHash = diffIdHash();
        try (blobHash;
                diffHash;
                var packing =
                        Packing.of(hashed(file, blobHash), options.limits().work(), guard)) {
            var limits = options.limits();
            var bounded = new BoundedChunks(
                    packing.unpacked(),
                    file,
                    new BoundedChunks.Limits(limits.layerUnpackedBytes(), "--max-layer-unpacked-bytes", limits.ratio()),
                    guard);
            var walk = new LayerWalk<>(visitor, limits, guard);
            try (var ahead = packing.unpacker() != null && length > AHEAD_FROM ? new AheadChunks(bounded) : null) {
                var unpacked = hashed(ahead == null ? bounded : ahead, diffHash);
                walk.walk(new ChunkTarInput(unpacked));
                // what stands behind the end of the tar, and behind the end of the packing, belongs to the digests
                drain(unpacked);
            }
            drain(packing.packed());
            verify(blobHash, blob.blobDigest().orElse(null), "blob");
            verify(diffHash, blob.layer().diffId().orElse(null), "unpacked layer (diff id)");
            return new LayerResult<>(bounded.bytes(), walk.entries(), visitor.finish(), walk.listing());
        }
    }

    /// The hash of the unpacked bytes, unless nobody asks for it or it would be the blob's own.
    private @Nullable BackgroundHash diffIdHash() {
        var wanted = options.verifyDiffIds() || blob.alwaysVerifyDiffId();
        return wanted && blob.layer().diffId().isPresent()
                ? new BackgroundHash(blob.layer().diffId().get().algorithm(), Long.MAX_VALUE)
                : null;
    }

    private Chunks hashed(Chunks chunks, @Nullable BackgroundHash hash) {
        if (hash == null) {
            return chunks;
        }
        return () -> {
            var chunk = chunks.next();
            if (chunk != null) {
                hash.update(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
            }
            return chunk;
        };
    }

    private void drain(Chunks chunks) throws IOException {
        ByteBuffer chunk;
        do {
            guard.check();
            chunk = chunks.next();
        } while (chunk != null);
    }

    private void verify(@Nullable BackgroundHash hash, @Nullable Digest expected, String what) throws IOException {
        if (hash == null || expected == null) {
            return;
        }
        var computed = hash.finish();
        if (!computed.equals(expected)) {
            throw guard.unreadable("the " + what + " has digest " + computed + " where " + expected + " is expected");
        }
    }
}
