package dev.plimsoll.image.layer;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.FileCapabilities;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.tar.TarHeader;
import dev.plimsoll.image.tar.TarInput;
import dev.plimsoll.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the headers of a layer's tar into entries: normal paths, whiteouts told apart, what cannot be a path of
/// the image refused.
///
/// Source: OCI Image Specification, "Image Layer Filesystem Changeset"; the files of aufs (`.wh..wh.` at the front
/// of a name) as Docker treats them.
final class LayerWalk<R> {

    /// For one layer; later ones are only counted.
    static final int MAX_PROBLEMS = 1000;

    private static final String WHITEOUT = ".wh.";
    private static final String AUFS = ".wh..wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final LayerVisitor<R> visitor;
    private final ImageLimits limits;
    private final ReadGuard.ForLayer guard;
    private final LayerListing.Collector listing = new LayerListing.Collector();
    private long listingBytes;
    private long entries;
    private long problems;

    LayerWalk(LayerVisitor<R> visitor, ImageLimits limits, ReadGuard.ForLayer guard) {
        this.visitor = visitor;
        this.limits = limits;
        this.guard = guard;
    }

    /// How many entries passed by.
    long entries() {
        return entries;
    }

    LayerListing listing() {
        return listing.finish();
    }

    void walk(TarInput input) throws IOException {
        var tar = new TarReader(input, guard.where(), reason -> problem("", reason));
        for (var header = tar.next(); header != null; header = tar.next()) {
            if (++entries > limits.layerEntries()) {
                throw guard.unreadable(
                        "has more entries than the limit of " + limits.layerEntries() + " (--max-layer-entries)");
            }
            var entry = entry(header);
            if (entry != null) {
                var before = listingBytes;
                listingBytes = listing.add(entry);
                guard.listed(listingBytes - before);
                visitor.visit(entry, content(entry, header, tar));
            }
        }
        if (problems > MAX_PROBLEMS) {
            visitor.problem("", (problems - MAX_PROBLEMS) + " more entries with problems");
        }
    }

    private InputStream content(LayerEntry entry, TarHeader header, TarReader tar) {
        if (entry.kind() != Kind.FILE) {
            return InputStream.nullInputStream();
        }
        return header.sparse() ? new GuardedStream(tar.content()) : tar.content();
    }

    /// The entry, or null where there is none to show.
    private @Nullable LayerEntry entry(TarHeader header) {
        return switch (EntryPath.of(header.name(), limits.pathBytes())) {
            case EntryPath.Refused(var shown, var reason) -> {
                problem(shown, reason);
                yield null;
            }
            case EntryPath.Normal(var path, var oddity) -> {
                if (!oddity.isEmpty()) {
                    problem(EntryPath.shown(path), oddity);
                }
                yield entry(path, header);
            }
        };
    }

    private @Nullable LayerEntry entry(String path, TarHeader header) {
        var slash = path.lastIndexOf('/');
        var name = path.substring(slash + 1);
        var directory = slash < 0 ? "" : path.substring(0, slash);
        if (name.equals(OPAQUE)) {
            if (directory.isEmpty()) {
                // overlayfs looks for it in directories within a layer only, so containers see what it would hide
                problem("", "an opaque marker in the root, by which container engines hide nothing");
                return null;
            }
            return marker(directory, Kind.OPAQUE, header);
        }
        if (name.startsWith(AUFS)) {
            return null; // but what lies in a directory of that name is there in a container
        }
        if (name.startsWith(WHITEOUT)) {
            var hidden = name.substring(WHITEOUT.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                problem(EntryPath.shown(path), "a whiteout that names no file");
                return null;
            }
            return marker(directory.isEmpty() ? hidden : directory + "/" + hidden, Kind.WHITEOUT, header);
        }
        var kind = kind(header.type());
        if (kind.isEmpty()) {
            problem(
                    EntryPath.shown(path),
                    String.format(Locale.ROOT, "an entry of the unknown type 0x%02x", header.type()));
            return null;
        }
        if (path.isEmpty()) {
            if (kind.get() != Kind.DIRECTORY) {
                problem("", "the root is not a directory");
            }
            return null;
        }
        var link = linkTarget(path, kind.get(), header);
        return link.map(target -> new LayerEntry(
                        path,
                        kind.get(),
                        mode(header),
                        header.userId(),
                        header.groupId(),
                        header.size(),
                        target,
                        capabilities(path, header)))
                .orElse(null);
    }

    private String capabilities(String path, TarHeader header) {
        if (header.capability().length == 0) {
            return "";
        }
        return switch (FileCapabilities.read(header.capability())) {
            case FileCapabilities.Understood(var text) -> text;
            case FileCapabilities.Refused(var reason) -> {
                problem(EntryPath.shown(path), reason);
                yield "";
            }
        };
    }

    private static LayerEntry marker(String path, Kind kind, TarHeader header) {
        return new LayerEntry(path, kind, mode(header), header.userId(), header.groupId(), 0, "");
    }

    private static int mode(TarHeader header) {
        return (int) header.mode() & 07777;
    }

    private static Optional<Kind> kind(byte type) {
        return Optional.ofNullable(
                switch (type) {
                    case TarHeader.FILE -> Kind.FILE;
                    case TarHeader.DIRECTORY -> Kind.DIRECTORY;
                    case TarHeader.SYMBOLIC_LINK -> Kind.SYMBOLIC_LINK;
                    case TarHeader.HARD_LINK -> Kind.HARD_LINK;
                    case TarHeader.CHARACTER_DEVICE -> Kind.CHARACTER_DEVICE;
                    case TarHeader.BLOCK_DEVICE -> Kind.BLOCK_DEVICE;
                    case TarHeader.FIFO -> Kind.FIFO;
                    default -> null;
                });
    }

    /// Empty when the entry is refused for its target.
    private Optional<String> linkTarget(String path, Kind kind, TarHeader header) {
        if (kind != Kind.SYMBOLIC_LINK && kind != Kind.HARD_LINK) {
            return Optional.of("");
        }
        var target = kind == Kind.HARD_LINK
                ? EntryPath.of(header.linkName(), limits.pathBytes())
                : EntryPath.text(header.linkName(), limits.pathBytes());
        return switch (target) {
            case EntryPath.Refused refused -> {
                problem(EntryPath.shown(path), "its link target: " + refused.reason());
                yield Optional.empty();
            }
            case EntryPath.Normal(var link, var oddity) -> {
                if (!oddity.isEmpty()) {
                    problem(EntryPath.shown(path), "its link target: " + oddity);
                }
                yield Optional.of(link);
            }
        };
    }

    private void problem(String path, String reason) {
        if (++problems <= MAX_PROBLEMS) {
            visitor.problem(path, reason);
        }
    }

    /// Holes cost the archive nothing, so nothing else would notice the time that goes into them.
    private final class GuardedStream extends BulkInputStream {

        private final InputStream in;

        GuardedStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            guard.check();
            var read = in.read(into, offset, length);
            guard.sparseBytes(Math.max(read, 0));
            return read;
        }

        /// One piece at most, so that nobody skips through a hole without end unseen.
        @Override
        public long skip(long count) throws IOException {
            var piece = new byte[Math.clamp(count, 0, 1 << 16)];
            return Math.max(read(piece, 0, piece.length), 0);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
