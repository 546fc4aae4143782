package dev.plimsoll.image.tar;

import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks through a tar, entry by entry: ustar, GNU long names and sparse files, pax, base-256 numbers. Not safe for
/// threads.
///
/// Where formats leave room it reads as Go's archive/tar does, because container engines do: a global pax header
/// applies to nothing, links and directories have no content whatever their size says, two blocks of zeros end the
/// archive and what follows is not looked at. An archive may also simply end between two entries.
public final class TarReader {

    /// In bytes, of one long name or one pax header; longer ones are an error. Go's reader has the same limit.
    public static final int MAX_METADATA_BYTES = 1 << 20;

    /// Of long names and pax headers before one entry; writers put four at most. Without it an archive of nothing else
    /// would be a single entry to every limit of entries.
    public static final int MAX_DESCRIPTIONS = 1000;

    private final TarInput input;
    private final String where;
    private final Consumer<String> problems;
    private final HeaderBlock block = new HeaderBlock();

    private @Nullable TarContent content;
    private long padding;
    private boolean atEndMarker;

    /// @param where names the archive in messages
    /// @param problems told of oddities that do not stop the reading
    public TarReader(TarInput input, String where, Consumer<String> problems) {
        this.input = input;
        this.where = where;
        this.problems = problems;
    }

    /// The next entry, or null at the end of the archive. The content of the one before is passed over.
    ///
    /// @throws ImageException when the archive is damaged or ends within an entry
    public @Nullable TarHeader next() throws IOException {
        byte[] longName = null;
        byte[] longLink = null;
        PaxRecords pax = null;
        finishEntry();
        for (var descriptions = 0; ; descriptions++) {
            var start = input.position();
            if (descriptions > MAX_DESCRIPTIONS) {
                throw broken(start, "more than " + MAX_DESCRIPTIONS + " long names and pax headers before an entry");
            }
            if (!readHeader(start)) {
                if (longName != null || longLink != null || pax != null) {
                    problems.accept("the archive ends where an entry should follow its long name or pax header");
                }
                return null;
            }
            switch (block.type()) {
                case TarHeader.GNU_LONG_NAME -> longName = upToZero(metadata(start));
                case TarHeader.GNU_LONG_LINK -> longLink = upToZero(metadata(start));
                case TarHeader.PAX -> pax = records(start);
                case TarHeader.PAX_GLOBAL -> {
                    if (records(start).saysSomething()) {
                        problems.accept("a global pax header at byte " + start
                                + " is not applied, container engines do not either");
                    }
                }
                default -> {
                    return entry(start, longName, longLink, pax == null ? new PaxRecords() : pax);
                }
            }
        }
    }

    /// The content of the last entry, bounded to it and with holes filled in; ends early when the next entry is
    /// asked for.
    public InputStream content() {
        return content == null ? InputStream.nullInputStream() : content;
    }

    /// Whether the blocks of zeros were seen that end an archive. Some writers leave them out, so their absence is no
    /// error; but a file that is cut between two entries lacks them too.
    public boolean isAtEndMarker() {
        return atEndMarker;
    }

    private void finishEntry() throws IOException {
        if (content != null) {
            content.finish();
            content = null;
        }
        // padding that is missing at the very end harms nobody
        input.skip(padding);
        padding = 0;
    }

    /// Reads the next header block; false at the end of the archive.
    private boolean readHeader(long start) throws IOException {
        var read = input.readFully(block.bytes(), 0, HeaderBlock.SIZE);
        if (read == 0) {
            return false;
        }
        if (read < HeaderBlock.SIZE) {
            throw broken(start, "the archive ends within a header");
        }
        if (!block.hasRightChecksum()) {
            if (!block.isZero()) {
                throw broken(start, start == 0 ? "this is not a tar" : "the checksum of a header is wrong");
            }
            atEndMarker = true;
            read = input.readFully(block.bytes(), 0, HeaderBlock.SIZE);
            if (read == HeaderBlock.SIZE && !block.isZero()) {
                throw broken(start, "a single block of zeros stands between entries");
            }
            return false;
        }
        return true;
    }

    private TarHeader entry(long start, byte @Nullable [] longName, byte @Nullable [] longLink, PaxRecords pax)
            throws IOException {
        if (pax.ofOverlayfs) {
            problems.accept(
                    "the entry at byte " + start
                            + " has extended attributes of overlayfs, by which container engines may hide or move what is in the image");
        }
        try {
            var type = block.type();
            var name = firstOf(pax.sparseName, firstOf(pax.path, longName));
            var link = firstOf(pax.linkPath, longLink);
            if (name == null) {
                name = block.name();
            }
            if (link == null) {
                link = block.linkName();
            }
            if (type == TarHeader.OLD_FILE) {
                type = name.length > 0 && name[name.length - 1] == '/' ? TarHeader.DIRECTORY : TarHeader.FILE;
            }
            var mode = block.number(100, 8);
            var userId = pax.userId != null ? pax.userId : block.number(108, 8);
            var groupId = pax.groupId != null ? pax.groupId : block.number(116, 8);
            var capability = pax.capability == null ? new byte[0] : pax.capability;
            var packedSize = pax.size != null ? pax.size : block.number(124, 12);
            if (packedSize < 0) {
                throw broken(start, "an entry has a negative size");
            }
            if (TarHeader.isWithoutContent(type)) {
                return new TarHeader(
                        name,
                        type,
                        link,
                        mode,
                        userId,
                        groupId,
                        new TarHeader.Content(0, input.position(), false),
                        capability);
            }
            var sparse = sparse(start, type, pax, packedSize);
            var size = sparse == null ? packedSize : sparse.size;
            content = new TarContent(
                    input,
                    place(start),
                    packedSize - (sparse == null ? 0 : sparse.mapBytes),
                    size,
                    sparse == null ? null : sparse.map);
            padding = padding(packedSize);
            if (type == TarHeader.GNU_SPARSE || type == TarHeader.CONTIGUOUS_FILE) {
                type = TarHeader.FILE;
            }
            return new TarHeader(
                    name,
                    type,
                    link,
                    mode,
                    userId,
                    groupId,
                    new TarHeader.Content(size, input.position(), sparse != null),
                    capability);
        } catch (NumberFormatException e) {
            throw broken(start, String.valueOf(e.getMessage()));
        }
    }

    private static byte @Nullable [] firstOf(byte @Nullable [] first, byte @Nullable [] second) {
        return first != null ? first : second;
    }

    private @Nullable Sparse sparse(long start, byte type, PaxRecords pax, long packedSize) throws IOException {
        Sparse sparse;
        if (type == TarHeader.GNU_SPARSE) {
            sparse = new Sparse(oldMap(start), block.number(483, 12), 0);
        } else if (!pax.isSparse()) {
            return null;
        } else if (pax.sparseSize == null) {
            throw broken(start, "a sparse file has no size");
        } else if (pax.sparseMap != null) {
            sparse = new Sparse(pax.sparseMap, pax.sparseSize, 0);
        } else {
            var before = input.position();
            var map = mapInContent(start, packedSize);
            sparse = new Sparse(map, pax.sparseSize, input.position() - before);
        }
        if (sparse.size < sparse.map.end()) {
            throw broken(start, "a sparse file is shorter than its map says");
        }
        if (sparse.map.dataBytes() > packedSize - sparse.mapBytes) {
            throw broken(start, "a sparse file has less content than its map says");
        }
        return sparse;
    }

    /// GNU's first format: four pieces in the header, 21 in each block that follows it.
    private SparseMap oldMap(long start) throws IOException {
        var map = new SparseMap();
        addPieces(map, block, 386, 4);
        var more = block.bytes()[482] != 0;
        var extension = new HeaderBlock();
        while (more) {
            if (input.readFully(extension.bytes(), 0, HeaderBlock.SIZE) < HeaderBlock.SIZE) {
                throw broken(start, "the archive ends within the map of a sparse file");
            }
            addPieces(map, extension, 0, 21);
            more = extension.bytes()[504] != 0;
        }
        return map;
    }

    private static void addPieces(SparseMap map, HeaderBlock from, int offset, int count) {
        for (var at = offset; at < offset + count * 24; at += 24) {
            if (from.bytes()[at] == 0) {
                return;
            }
            map.add(from.number(at, 12), from.number(at + 12, 12));
        }
    }

    /// GNU's format 1.0: lines of digits before the data, filled up to a whole block.
    private SparseMap mapInContent(long start, long packedSize) throws IOException {
        var lines = new BlockLines(input, packedSize);
        var pieces = lines.number();
        if (pieces > SparseMap.MAX_PIECES) {
            throw broken(start, "a sparse file has more than " + SparseMap.MAX_PIECES + " pieces");
        }
        var map = new SparseMap();
        for (var i = 0; i < pieces; i++) {
            map.add(lines.number(), lines.number());
        }
        return map;
    }

    private PaxRecords records(long start) throws IOException {
        try {
            return PaxRecords.parse(metadata(start));
        } catch (NumberFormatException e) {
            throw broken(start, String.valueOf(e.getMessage()));
        }
    }

    /// The whole content of an entry that describes another.
    private byte[] metadata(long start) throws IOException {
        long size;
        try {
            size = block.number(124, 12);
        } catch (NumberFormatException e) {
            throw broken(start, String.valueOf(e.getMessage()));
        }
        if (size < 0) {
            throw broken(start, "an entry has a negative size");
        }
        if (size > MAX_METADATA_BYTES) {
            throw broken(
                    start,
                    "a long name or pax header of " + size + " bytes is over the limit of " + MAX_METADATA_BYTES);
        }
        var bytes = new byte[(int) size];
        if (input.readFully(bytes, 0, bytes.length) < bytes.length) {
            throw broken(start, "the archive ends within a long name or pax header");
        }
        input.skip(padding(size));
        return bytes;
    }

    private static byte[] upToZero(byte[] text) {
        var end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Arrays.copyOf(text, end);
    }

    private static long padding(long size) {
        return -size & (HeaderBlock.SIZE - 1);
    }

    private String place(long start) {
        return where + ", entry at byte " + start;
    }

    private ImageException broken(long start, String reason) {
        return new ImageException(ImageException.Kind.UNREADABLE, place(start) + ": " + reason);
    }

    /// @param size bytes with the holes filled in
    /// @param mapBytes how much of the content the map took
    private record Sparse(SparseMap map, long size, long mapBytes) {}
}
