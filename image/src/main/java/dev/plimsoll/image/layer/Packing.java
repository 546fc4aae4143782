package dev.plimsoll.image.layer;

import dev.plimsoll.image.ImageLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// How a layer is packed: told by its first bytes, for media types may be wrong or missing.
///
/// @param packed what is left of the packed bytes
/// @param unpacked the tar
record Packing(Chunks packed, Chunks unpacked, @Nullable AutoCloseable unpacker) implements AutoCloseable {

    static Packing of(Chunks packed, ImageLimits.Work limits, ReadGuard.ForLayer guard) throws IOException {
        var first = packed.next();
        if (first == null) {
            return new Packing(packed, packed, null);
        }
        var all = packed.behind(first);
        if (starts(first, 0x1f, 0x8b)) {
            var gzip = new GzipChunks(all, guard);
            return new Packing(all, gzip, gzip);
        }
        if (starts(first, 0x28, 0xb5, 0x2f, 0xfd) || isSkippableFrame(first)) {
            var zstd = new ZstdChunks(all, limits.zstdWindowBytes(), guard);
            return new Packing(all, zstd, zstd);
        }
        if (starts(first, 'B', 'Z', 'h') || starts(first, 0xfd, '7', 'z', 'X', 'Z')) {
            throw guard.unreadable(
                    "is packed with " + (first.get(0) == 'B' ? "bzip2" : "xz")
                            + "; read are gzip, zstd and plain tar (`skopeo copy --dest-compress-format gzip` packs an image anew)");
        }
        return new Packing(all, all, null);
    }

    /// A zstd stream may begin with a frame of foreign data (RFC 8878, section 3.1.2).
    private static boolean isSkippableFrame(ByteBuffer chunk) {
        return chunk.remaining() >= 4
                && (chunk.get(0) & 0xf0) == 0x50
                && (chunk.get(1) & 0xff) == 0x2a
                && chunk.get(2) == 0x4d
                && chunk.get(3) == 0x18;
    }

    private static boolean starts(ByteBuffer chunk, int... magic) {
        if (chunk.remaining() < magic.length) {
            return false;
        }
        for (var i = 0; i < magic.length; i++) {
            if ((chunk.get(i) & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        switch (unpacker) {
            case GzipChunks gzip -> gzip.close();
            case ZstdChunks zstd -> zstd.close();
            case null, default -> {
                // a plain tar holds nothing
            }
        }
    }
}
