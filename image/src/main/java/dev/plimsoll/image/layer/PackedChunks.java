package dev.plimsoll.image.layer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/// The bytes of a blob as they lie or come, counted.
interface PackedChunks extends Chunks, Closeable {

    /// Bytes read so far.
    long read();

    /// @param progress told of the bytes read so far
    static PackedChunks open(BlobContent content, ReadGuard.ForLayer guard, LongConsumer progress) throws IOException {
        return switch (content) {
            case BlobContent.FileRange(var file, var offset, var length) ->
                new FileChunks(FileChannel.open(file), offset, length, guard, progress);
            case BlobContent.Streamed(var length, var opener) ->
                new StreamChunks(opener.open(), length, guard, progress);
        };
    }
}
