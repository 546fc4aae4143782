package dev.plimsoll.image;

import dev.plimsoll.image.LayerEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// What the tar of a layer lists, in its order: every entry but the root directory, without contents. Immutable.
///
/// Kept as bytes, about thirty for an entry: images with millions of entries exist, objects for them would fill the
/// heap. Each entry shares the front of its path with the one before, so a listing can only be walked from its
/// start.
public final class LayerListing implements Iterable<LayerEntry> {

    /// A listing without entries.
    public static final LayerListing EMPTY = new Collector().finish();

    private static final List<Kind> KINDS = List.of(Kind.values());

    /// Beside the kind of an entry: whether capabilities follow. Few entries have any.
    private static final int WITH_CAPABILITIES = 0x40;

    private final byte[][] pages;
    private final int entries;
    private final boolean markers;

    private LayerListing(byte[][] pages, int entries, boolean markers) {
        this.pages = pages;
        this.entries = entries;
        this.markers = markers;
    }

    /// Whether any entry is a whiteout or an opaque marker.
    public boolean hasMarkers() {
        return markers;
    }

    /// How many entries.
    public int size() {
        return entries;
    }

    @Override
    public Iterator<LayerEntry> iterator() {
        return new Walk();
    }

    /// Takes entries in, in the order of the tar.
    public static final class Collector {

        private static final int PAGE_BYTES = 1 << 16;

        private final List<byte[]> pages = new ArrayList<>();
        private final Page page = new Page();
        private byte[] lastPath = new byte[0];
        private int entries;
        private long bytes;
        private boolean markers;

        /// Takes an entry in.
        ///
        /// @return how many bytes the listing has now
        public long add(LayerEntry entry) {
            var path = entry.path().getBytes(StandardCharsets.UTF_8);
            var mismatch = Arrays.mismatch(path, lastPath);
            var shared = mismatch < 0 ? path.length : mismatch;
            markers |= entry.kind() == Kind.WHITEOUT || entry.kind() == Kind.OPAQUE;
            var before = page.size();
            var capable = !entry.capabilities().isEmpty();
            page.write(KINDS.indexOf(entry.kind()) | (capable ? WITH_CAPABILITIES : 0));
            page.number(shared);
            page.text(path, shared);
            lastPath = path;
            page.number(entry.mode());
            page.number(entry.userId());
            page.number(entry.groupId());
            page.number(entry.size());
            var link = entry.linkTarget().getBytes(StandardCharsets.UTF_8);
            page.text(link, 0);
            if (capable) {
                page.text(entry.capabilities().getBytes(StandardCharsets.UTF_8), 0);
            }
            entries++;
            bytes += page.size() - before;
            if (page.size() >= PAGE_BYTES) {
                pages.add(page.toByteArray());
                page.reset();
            }
            return bytes;
        }

        /// The listing of what was added; nothing may be added afterwards.
        public LayerListing finish() {
            if (page.size() > 0) {
                pages.add(page.toByteArray());
                page.reset();
            }
            return new LayerListing(pages.toArray(byte[][]::new), entries, markers);
        }
    }

    private static final class Page extends ByteArrayOutputStream {

        /// Seven bits a byte, lowest first.
        void number(long value) {
            var rest = value;
            while ((rest & ~0x7fL) != 0) {
                write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }

        void text(byte[] text, int from) {
            number(text.length - from);
            write(text, from, text.length - from);
        }
    }

    private final class Walk implements Iterator<LayerEntry> {

        private int pageIndex;
        private int at;
        private int passed;
        private byte[] path = new byte[256];

        @Override
        public boolean hasNext() {
            return passed < entries;
        }

        @Override
        public LayerEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (at == pages[pageIndex].length) {
                pageIndex++;
                at = 0;
            }
            var page = pages[pageIndex];
            int flags = page[at++];
            var kind = KINDS.get(flags & ~WITH_CAPABILITIES);
            var shared = (int) number();
            var added = (int) number();
            if (path.length < shared + added) {
                path = Arrays.copyOf(path, (shared + added) * 2);
            }
            System.arraycopy(page, at, path, shared, added);
            at += added;
            var mode = (int) number();
            var userId = number();
            var groupId = number();
            var size = number();
            var link = text();
            var capabilities = (flags & WITH_CAPABILITIES) == 0 ? "" : text();
            passed++;
            var text = new String(path, 0, shared + added, StandardCharsets.UTF_8);
            return new LayerEntry(text, kind, mode, userId, groupId, size, link, capabilities);
        }

        private String text() {
            var length = (int) number();
            var from = at;
            at += length;
            return length == 0 ? "" : new String(pages[pageIndex], from, length, StandardCharsets.UTF_8);
        }

        private long number() {
            var page = pages[pageIndex];
            long value = 0;
            for (var shift = 0; ; shift += 7) {
                var b = page[at++];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }
    }
}
