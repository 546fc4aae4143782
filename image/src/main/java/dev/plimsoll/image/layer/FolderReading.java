package dev.plimsoll.image.layer;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.FileCapabilities;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.system.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A folder of files on disk, or one file, on its way to a visitor as if it were a layer. No link is followed; other
/// file systems that are mounted in the folder are not entered; what may not be read is told as a problem. Used once,
/// by one thread.
///
/// A name such as `.wh.app` is the name of a file here, no whiteout: nothing lies beneath a folder.
final class FolderReading<R> {

    /// File systems that hold no files but views of the kernel: that they are left out is nothing to tell.
    private static final Set<String> OF_THE_KERNEL = Set.of(
            "proc",
            "sysfs",
            "devtmpfs",
            "devpts",
            "cgroup",
            "cgroup2",
            "mqueue",
            "debugfs",
            "tracefs",
            "securityfs",
            "pstore",
            "bpf",
            "binfmt_misc",
            "configfs",
            "fusectl",
            "hugetlbfs",
            "efivarfs");

    /// What Java puts where the bytes of a name are no text; the name is shown so, and found all the same.
    private static final char UNDECODED = '\ufffd';

    private static final int FORMAT = 0170000;
    private static final int PERMISSIONS = 07777;

    private final Path root;
    private final LayerVisitor<R> visitor;
    private final ReadOptions options;
    private final ReadGuard.ForLayer guard;
    private final LayerListing.Collector listing = new LayerListing.Collector();
    private long listingBytes;
    private long entries;
    private long problems;
    private long sizes;
    private long bytesRead;

    FolderReading(Path root, LayerVisitor<R> visitor, ReadOptions options, ReadGuard guard) {
        this.root = root;
        this.visitor = visitor;
        this.options = options;
        this.guard = guard.forLayer(0, root.toString());
    }

    LayerResult<R> read() throws IOException {
        var top = attributes(root);
        if (top.kind().equals(Optional.of(Kind.DIRECTORY))) {
            walk(top.device());
        } else {
            offer(root, name(root.getFileName()), top, top.device());
        }
        if (problems > LayerWalk.MAX_PROBLEMS) {
            visitor.problem("", (problems - LayerWalk.MAX_PROBLEMS) + " more entries with problems");
        }
        return new LayerResult<>(sizes, entries, visitor.finish(), listing.finish());
    }

    /// Deep folders must not use up the stack, so the walk keeps its own.
    private void walk(long device) throws IOException {
        Deque<Iterator<Path>> open = new ArrayDeque<>();
        open.push(children(root, ""));
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                continue;
            }
            var file = open.element().next();
            var path = name(root.relativize(file));
            Attributes attributes;
            try {
                attributes = attributes(file);
            } catch (IOException e) {
                problem(path, "it cannot be looked at: " + reason(e));
                continue;
            }
            if (offer(file, path, attributes, device)) {
                open.push(children(file, path));
            }
        }
    }

    /// In an order that no file system decides.
    private Iterator<Path> children(Path folder, String path) throws IOException {
        List<Path> children = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(folder)) {
            for (var child : stream) {
                children.add(child);
                if (entries + children.size() > options.limits().layerEntries()) {
                    throw tooMany();
                }
            }
        } catch (DirectoryIteratorException e) {
            problem(path, "it cannot be listed: " + reason(e));
        } catch (IOException e) {
            if (path.isEmpty()) {
                throw guard.unreadable("it cannot be listed: " + reason(e));
            }
            problem(path, "it cannot be listed: " + reason(e));
        }
        children.sort((left, right) ->
                left.getFileName().toString().compareTo(right.getFileName().toString()));
        return children.iterator();
    }

    private IOException tooMany() {
        return guard.unreadable(
                "holds more entries than the limit of " + options.limits().layerEntries() + " (--max-layer-entries)");
    }

    /// Gives the entry to the visitor.
    ///
    /// @return whether it is a folder to be entered
    private boolean offer(Path file, String name, Attributes attributes, long device) throws IOException {
        guard.check();
        if (++entries > options.limits().layerEntries()) {
            throw tooMany();
        }
        if (attributes.kind().isEmpty()) {
            return false; // a socket: nothing that an image could hold
        }
        var path = EntryPath.of(
                name.getBytes(StandardCharsets.UTF_8), options.limits().pathBytes());
        switch (path) {
            case EntryPath.Refused(var shown, var reason) -> {
                problem(shown, reason);
                return false;
            }
            case EntryPath.Normal(var normal, var oddity) -> {
                if (!oddity.isEmpty()) {
                    problem(EntryPath.shown(normal), oddity);
                } else if (normal.indexOf(UNDECODED) >= 0) {
                    problem(EntryPath.shown(normal), "a name is not UTF-8");
                }
                return offer(file, attributes, device, normal);
            }
        }
    }

    private boolean offer(Path file, Attributes attributes, long device, String path) throws IOException {
        var kind = attributes.kind().orElseThrow();
        // of an overlay the files, not the folders, may tell other devices than its root
        var elsewhere = kind == Kind.DIRECTORY && attributes.device() != device;
        if (elsewhere && !isOfTheKernel(file)) {
            problem(path, "another file system is mounted here, which is not read");
        }
        var size = kind == Kind.FILE ? attributes.size() : 0;
        String link;
        try {
            link = kind == Kind.SYMBOLIC_LINK ? name(Files.readSymbolicLink(file)) : "";
        } catch (IOException e) {
            problem(path, "its target cannot be read: " + reason(e));
            return false;
        }
        var entry = new LayerEntry(
                path,
                kind,
                attributes.mode(),
                attributes.userId(),
                attributes.groupId(),
                size,
                link,
                kind == Kind.FILE ? capabilities(file, path) : "");
        var before = listingBytes;
        listingBytes = listing.add(entry);
        guard.listed(listingBytes - before);
        sizes += size;
        if (kind == Kind.FILE) {
            try (var content = new Content(file, path, size)) {
                visitor.visit(entry, content);
            }
        } else {
            visitor.visit(entry, InputStream.nullInputStream());
        }
        return kind == Kind.DIRECTORY && !elsewhere;
    }

    private String capabilities(Path file, String path) {
        try {
            var attribute = ExtendedAttributes.read(file, FileCapabilities.ATTRIBUTE);
            if (attribute.isEmpty()) {
                return "";
            }
            return switch (FileCapabilities.read(attribute.get())) {
                case FileCapabilities.Understood(var text) -> text;
                case FileCapabilities.Refused(var reason) -> {
                    problem(path, reason);
                    yield "";
                }
            };
        } catch (IOException e) {
            problem(path, reason(e));
            return "";
        }
    }

    private static boolean isOfTheKernel(Path file) {
        try {
            return OF_THE_KERNEL.contains(Files.getFileStore(file).type());
        } catch (IOException _) {
            return false;
        }
    }

    private void problem(String path, String reason) {
        if (++problems <= LayerWalk.MAX_PROBLEMS) {
            visitor.problem(path, reason);
        }
    }

    /// The parts joined by slashes on every system.
    private static String name(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static String reason(Exception e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.NoSuchFileException _ -> "it is gone";
            case java.nio.file.FileSystemException failed when failed.getReason() != null -> failed.getReason();
            case DirectoryIteratorException _ -> "its listing broke off";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Attributes attributes(Path file) throws IOException {
        return new Attributes(Files.readAttributes(file, "unix:mode,uid,gid,size,dev", LinkOption.NOFOLLOW_LINKS));
    }

    private record Attributes(Map<String, Object> values) {

        private long number(String name) {
            return values.get(name) instanceof Number number ? number.longValue() : 0;
        }

        long device() {
            return number("dev");
        }

        long size() {
            return number("size");
        }

        int mode() {
            return (int) number("mode") & PERMISSIONS;
        }

        long userId() {
            return Integer.toUnsignedLong((int) number("uid"));
        }

        long groupId() {
            return Integer.toUnsignedLong((int) number("gid"));
        }

        /// Source: POSIX, sys/stat.h; the values are those of every Unix.
        Optional<Kind> kind() {
            return switch ((int) number("mode") & FORMAT) {
                case 0100000 -> Optional.of(Kind.FILE);
                case 0040000 -> Optional.of(Kind.DIRECTORY);
                case 0120000 -> Optional.of(Kind.SYMBOLIC_LINK);
                case 0020000 -> Optional.of(Kind.CHARACTER_DEVICE);
                case 0060000 -> Optional.of(Kind.BLOCK_DEVICE);
                case 0010000 -> Optional.of(Kind.FIFO);
                default -> Optional.empty();
            };
        }
    }

    /// The content of a file, opened only when somebody reads: most files nobody wants. Ends where the file ended when
    /// it was looked at, for a log may grow faster than it is read.
    private final class Content extends BulkInputStream {

        private final Path file;
        private final String path;
        private long rest;
        private InputStream stream = InputStream.nullInputStream();
        private boolean opened;

        Content(Path file, String path, long size) {
            this.file = file;
            this.path = path;
            this.rest = size;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            guard.check();
            if (!opened) {
                opened = true;
                open();
            }
            var count = rest == 0 ? -1 : stream.read(into, offset, (int) Math.min(length, rest));
            if (count > 0) {
                rest -= count;
                bytesRead += count;
                options.progress().read(0, bytesRead, bytesRead);
                if (bytesRead > options.limits().layerUnpackedBytes()) {
                    throw guard.unreadable("more is read from it than the limit of "
                            + options.limits().layerUnpackedBytes() + " bytes (--max-layer-unpacked-bytes)");
                }
            }
            return count;
        }

        /// What cannot be read is nothing to stop for: the file is unknown, and told.
        private void open() {
            try {
                stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                rest = 0;
                problem(path, "it cannot be read: " + reason(e));
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
