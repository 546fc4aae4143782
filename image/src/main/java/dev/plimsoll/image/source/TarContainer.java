package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.layer.BlobContent;
import dev.plimsoll.image.tar.FileTarInput;
import dev.plimsoll.image.tar.TarHeader;
import dev.plimsoll.image.tar.TarReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plain tar, whose headers were read once; contents are found by their position. Links are followed within the
/// archive only.
final class TarContainer implements Container {

    /// In bytes, of all names and link targets.
    static final int MAX_NAME_BYTES = 32 << 20;
    /// Of links that lead to links.
    static final int MAX_LINKS = 40;

    private final Path file;
    private final String where;
    private final Map<String, Entry> entries = new HashMap<>();
    private boolean whole;

    private TarContainer(Path file, String where) {
        this.file = file;
        this.where = where;
    }

    /// Reads the headers of an archive.
    ///
    /// @param where names it in messages: the file may be a temporary one
    /// @throws ImageException when it is not a plain tar, damaged, or over a limit
    static TarContainer index(Path file, String where, ImageLimits limits) throws IOException {
        var container = new TarContainer(file, where);
        try (var channel = FileChannel.open(file)) {
            container.index(channel, limits.work().archiveEntries());
        }
        return container;
    }

    private void index(FileChannel channel, int mostEntries) throws IOException {
        var tar = new TarReader(new FileTarInput(channel), where, _ -> {});
        var count = 0;
        long nameBytes = 0;
        for (var header = tar.next(); header != null; header = tar.next()) {
            nameBytes += header.name().length + header.linkName().length;
            if (++count > mostEntries) {
                throw unreadable("has more entries than the limit of " + mostEntries + " (--max-archive-entries)");
            }
            if (nameBytes > MAX_NAME_BYTES) {
                throw unreadable(
                        "has more than " + MAX_NAME_BYTES + " bytes of names, which no writer of images makes");
            }
            var name = normal(List.of(), new String(header.name(), StandardCharsets.UTF_8));
            var link = new String(header.linkName(), StandardCharsets.UTF_8);
            // of two entries with one name the last counts, as when the archive is unpacked
            entries.put(
                    String.join("/", name),
                    new Entry(header.type(), header.position(), header.size(), link, header.sparse()));
        }
        whole = tar.isAtEndMarker();
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public boolean mayBeCut() {
        return !whole;
    }

    @Override
    public Optional<BlobContent> find(String name) throws IOException {
        var path = normal(List.of(), name);
        for (var links = 0; links <= MAX_LINKS; links++) {
            var entry = entries.get(String.join("/", path));
            if (entry == null) {
                return Optional.empty();
            }
            switch (entry.type()) {
                case TarHeader.FILE -> {
                    if (entry.sparse()) {
                        throw unreadable(name + " is stored as a sparse file");
                    }
                    return Optional.of(new BlobContent.FileRange(file, entry.position(), entry.size()));
                }
                case TarHeader.SYMBOLIC_LINK -> path = normal(path.subList(0, path.size() - 1), entry.link());
                case TarHeader.HARD_LINK -> path = normal(List.of(), entry.link());
                default -> throw unreadable(name + " is not a file");
            }
        }
        throw unreadable(name + " is a link that leads through more than " + MAX_LINKS + " links");
    }

    /// The parts of a name; `..` goes up, at most to the top of the archive.
    private static List<String> normal(List<String> from, String name) {
        var parts = new ArrayDeque<>(name.startsWith("/") ? List.<String>of() : from);
        for (var part : name.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return List.copyOf(parts);
    }

    private ImageException unreadable(String reason) {
        return new ImageException(Kind.UNREADABLE, where + ": " + reason);
    }

    private record Entry(byte type, long position, long size, String link, boolean sparse) {}
}
