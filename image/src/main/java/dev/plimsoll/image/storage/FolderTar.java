package dev.plimsoll.image.storage;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.FileCapabilities;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.system.ExtendedAttributes;
import dev.plimsoll.image.system.RawPaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// A tar of the files of a layer's folder in an overlay, for layers of which the storage noted nothing that their
/// own tar could be put together from. It holds the same entries as the layer's own tar, not the same bytes, so
/// nothing can be verified. No link is followed. For one thread.
///
/// Source: Linux kernel documentation, "Overlay Filesystem" (whiteouts and opaque directories).
final class FolderTar extends BulkInputStream {

    /// Of one folder: more than any that a package brought.
    static final int MAX_CHILDREN = 1_000_000;

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = "/.wh..wh..opq";

    private final Path root;
    private final LayerFiles files;
    private final Deque<Iterator<Path>> open = new ArrayDeque<>();
    private InputStream current = InputStream.nullInputStream();
    private boolean ended;

    private FolderTar(Path root, LayerFiles files) throws IOException {
        this.root = root;
        this.files = files;
        open.push(children(root));
    }

    /// @param storage its root
    /// @param folder of the layer, relative to it
    static FolderTar open(Path storage, Path folder) throws IOException {
        var root = storage.resolve(folder);
        try {
            var files = LayerFiles.beneath(storage, folder);
            try {
                return new FolderTar(root, files);
            } catch (IOException | RuntimeException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw named(root, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        for (var count = current.read(bytes, offset, length); ; count = current.read(bytes, offset, length)) {
            if (count > 0) {
                return count;
            }
            current.close();
            if (!next()) {
                return -1;
            }
        }
    }

    /// Makes the bytes of the next entry the current ones.
    private boolean next() throws IOException {
        while (!open.isEmpty()) {
            if (open.element().hasNext()) {
                var file = open.element().next();
                try {
                    current = entry(file, FileFacts.of(file));
                } catch (IOException e) {
                    throw named(file, e);
                }
                return true;
            }
            open.pop();
        }
        current = new ByteArrayInputStream(ended ? new byte[0] : new byte[2 * TarEntry.BLOCK]);
        var more = !ended;
        ended = true;
        return more;
    }

    /// The bytes of an entry; of none where it is nothing that a layer could hold.
    private InputStream entry(Path file, FileFacts facts) throws IOException {
        var name = latin1(RawPaths.bytes(root.relativize(file)));
        return switch (facts.kind()) {
            case DIRECTORY -> {
                open.push(children(file));
                var opaque = OverlayAttributes.isOpaque(file);
                yield bytes(new TarEntry(facts, '5', name, "").bytes()
                        + (opaque ? new TarEntry(facts, '0', name + OPAQUE, "").bytes() : ""));
            }
            case SYMBOLIC_LINK ->
                bytes(new TarEntry(facts, '2', name, latin1(RawPaths.bytes(Files.readSymbolicLink(file)))).bytes());
            case CHARACTER_DEVICE ->
                bytes(
                        facts.device() == 0
                                ? new TarEntry(facts, '0', whiteout(name), "").bytes()
                                : new TarEntry(facts, '3', name, "").bytes());
            case BLOCK_DEVICE -> bytes(new TarEntry(facts, '4', name, "").bytes());
            case FIFO -> bytes(new TarEntry(facts, '6', name, "").bytes());
            case FILE -> {
                var content = files.open(name.getBytes(StandardCharsets.ISO_8859_1));
                var capability = ExtendedAttributes.read(file, FileCapabilities.ATTRIBUTE);
                yield new SequenceInputStream(Collections.enumeration(List.of(
                        bytes(capability
                                .map(value -> TarEntry.attribute(FileCapabilities.ATTRIBUTE, latin1(value)))
                                .orElse("")),
                        bytes(new TarEntry(facts, '0', name, "").bytes()),
                        new Content(content, file, facts.size()),
                        new ByteArrayInputStream(new byte[(int) (-facts.size() & (TarEntry.BLOCK - 1))]))));
            }
            case OTHER -> InputStream.nullInputStream();
        };
    }

    private static String whiteout(String name) {
        var slash = name.lastIndexOf('/') + 1;
        return name.substring(0, slash) + WHITEOUT + name.substring(slash);
    }

    /// In an order that no file system decides.
    private static Iterator<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(folder)) {
            for (var child : stream) {
                if (children.size() == MAX_CHILDREN) {
                    throw new IOException("holds more than " + MAX_CHILDREN + " files");
                }
                children.add(child);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(Comparator.naturalOrder());
        return children.iterator();
    }

    private static InputStream bytes(String latin1) {
        return new ByteArrayInputStream(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ImageException named(Path file, IOException e) {
        return switch (e) {
            case ImageException known -> known;
            case AccessDeniedException _ -> StoreLists.denied(file, e);
            default -> new ImageException(Kind.UNREADABLE, file + ": " + LayerFiles.reason(e), e);
        };
    }

    @Override
    public void close() throws IOException {
        try (files;
                var _ = current) {
            // both are closed, whatever happens to one of them
        }
    }

    /// A file's content, of exactly the length that its header says.
    private static final class Content extends BulkInputStream {

        private final InputStream content;
        private final Path file;
        private long left;

        Content(InputStream content, Path file, long size) {
            this.content = content;
            this.file = file;
            this.left = size;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            var count = content.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new ImageException(Kind.UNREADABLE, file + ": became shorter while it was read");
            }
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
