package dev.plimsoll.image.storage;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A layer's tar, byte for byte as it was when the layer came into the storage, put together again out of its
/// headers and the files that were unpacked from it. Whether it is the same, its digest tells.
///
/// Source: vbatts/tar-split, `tar/asm` (assemble).
final class TarSplitStream extends BulkInputStream {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path splitFile;
    private final Path folder;
    private final InputStream split;
    private final TarSplit pieces;
    private final LayerFiles files;
    private byte[] segment = new byte[0];
    private int segmentRead;
    private @Nullable InputStream content;
    private byte[] contentName = segment;
    private long contentLeft;

    private TarSplitStream(Path splitFile, Path folder, InputStream split, LayerFiles files) {
        this.splitFile = splitFile;
        this.folder = folder;
        this.split = split;
        this.files = files;
        this.pieces = new TarSplit(split);
    }

    /// @param splitFile gzipped
    /// @param root of the storage
    /// @param folder holds the layer's files; relative to the root
    static TarSplitStream open(Path splitFile, Path root, Path folder) throws IOException {
        try {
            var packed = Files.newInputStream(splitFile);
            try {
                var split = new BufferedInputStream(new GZIPInputStream(packed, BUFFER_BYTES), BUFFER_BYTES);
                return new TarSplitStream(splitFile, root.resolve(folder), split, LayerFiles.beneath(root, folder));
            } catch (IOException | RuntimeException e) {
                packed.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw StoreLists.denied(splitFile, e);
        } catch (IOException e) {
            throw unreadable(splitFile + " with " + root.resolve(folder) + ": " + LayerFiles.reason(e), e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (segmentRead < segment.length) {
                var count = Math.min(length, segment.length - segmentRead);
                System.arraycopy(segment, segmentRead, bytes, offset, count);
                segmentRead += count;
                return count;
            }
            if (content != null) {
                var count = readContent(content, bytes, offset, length);
                if (count > 0) {
                    return count;
                }
            } else if (!nextPiece()) {
                return -1;
            }
        }
    }

    private int readContent(InputStream stream, byte[] bytes, int offset, int length) throws IOException {
        if (contentLeft == 0) {
            if (stream.read() >= 0) {
                throw unreadable(
                        shown() + " is longer than when the layer came into the storage: it was changed", null);
            }
            stream.close();
            content = null;
            return 0;
        }
        var count = stream.read(bytes, offset, (int) Math.min(length, contentLeft));
        if (count < 0) {
            throw unreadable(shown() + " is shorter than when the layer came into the storage: it was changed", null);
        }
        contentLeft -= count;
        return count;
    }

    private boolean nextPiece() throws IOException {
        TarSplit.Piece piece;
        try {
            piece = pieces.next();
        } catch (IOException e) {
            throw unreadable(splitFile + ": " + e.getMessage(), e);
        }
        switch (piece) {
            case null -> {
                return false;
            }
            case TarSplit.Piece.Segment(var next) -> {
                segment = next;
                segmentRead = 0;
            }
            case TarSplit.Piece.Content(var name, var size) -> {
                if (size > 0) {
                    contentName = name;
                    contentLeft = size;
                    content = openContent(name);
                }
            }
        }
        return true;
    }

    private InputStream openContent(byte[] name) throws IOException {
        try {
            return files.open(name);
        } catch (AccessDeniedException e) {
            throw StoreLists.denied(folder.resolve("…"), e);
        } catch (IOException e) {
            throw unreadable(shown() + " " + LayerFiles.reason(e), e);
        }
    }

    private String shown() {
        return folder + ": " + new String(contentName, StandardCharsets.UTF_8);
    }

    private static ImageException unreadable(String reason, @Nullable IOException cause) {
        return cause == null
                ? new ImageException(Kind.UNREADABLE, reason)
                : new ImageException(Kind.UNREADABLE, reason, cause);
    }

    @Override
    public void close() throws IOException {
        try (split;
                files;
                var _ = content) {
            // all are closed, whatever happens to one of them
        }
    }
}
