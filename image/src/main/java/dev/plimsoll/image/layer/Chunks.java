package dev.plimsoll.image.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Bytes that come in big pieces, so that no stage on the way copies them.
@FunctionalInterface
interface Chunks {

    /// In bytes; measured: larger buffers win nothing, smaller ones cost calls into zlib.
    int CHUNK_BYTES = 256 << 10;

    /// The next bytes, at least one, in a buffer on the heap that is valid until the next call; null at the end.
    @Nullable
    ByteBuffer next() throws IOException;

    /// These chunks, with a first one that was taken already put back in front.
    default Chunks behind(ByteBuffer first) {
        return new Chunks() {
            private boolean given;

            @Override
            public @Nullable ByteBuffer next() throws IOException {
                if (given) {
                    return Chunks.this.next();
                }
                given = true;
                return first;
            }
        };
    }
}
