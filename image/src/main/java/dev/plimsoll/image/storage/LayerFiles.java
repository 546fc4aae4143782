package dev.plimsoll.image.storage;

import dev.plimsoll.image.system.RawPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Opens files of a layer's folder. Each part of a path is opened by itself and from the folder before it, and no
/// link is followed: whatever the names say, and whatever happens in the folder meanwhile, nothing outside is
/// read. Keeps the folders of the last path open, because a tar's entries come folder by folder. For one thread.
final class LayerFiles implements AutoCloseable {

    /// Of folders in a path; a path of 4096 bytes has at most half as many.
    static final int MAX_DEPTH = 2048;

    private final List<String> open = new ArrayList<>();
    private final List<SecureDirectoryStream<Path>> streams = new ArrayList<>();

    private LayerFiles(SecureDirectoryStream<Path> folder) {
        streams.add(folder);
    }

    /// @param root of the storage; links that lead there are the administrator's
    /// @param folder the layer's, beneath the root
    /// @throws IOException when it is no folder, or the system cannot open without following links
    @SuppressWarnings("StreamResourceLeak") // it stays open until all of it is closed
    static LayerFiles beneath(Path root, Path folder) throws IOException {
        var stream = Files.newDirectoryStream(root);
        try {
            for (var part : folder) {
                if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
                    throw new IOException("this system cannot open files without following links");
                }
                stream = secure.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
                secure.close();
            }
            return new LayerFiles((SecureDirectoryStream<Path>) stream);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /// Opens a plain file.
    ///
    /// @param name as it stands in a tar
    /// @throws IOException when it is not there, or leads through a link, or is no plain file
    InputStream open(byte[] name) throws IOException {
        var parts = parts(name);
        if (parts.isEmpty()) {
            throw new IOException("the name of a file is empty");
        }
        var folder = folder(parts.subList(0, parts.size() - 1));
        var last = RawPaths.name(latin1(parts.getLast()));
        // before opening: to open a pipe would wait for somebody to write into it
        var attributes = folder.getFileAttributeView(last, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!attributes.isRegularFile()) {
            throw new IOException("is no plain file");
        }
        return Channels.newInputStream(
                folder.newByteChannel(last, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    private SecureDirectoryStream<Path> folder(List<String> parts) throws IOException {
        if (parts.size() > MAX_DEPTH) {
            throw new IOException("lies in more than " + MAX_DEPTH + " folders");
        }
        var common = 0;
        while (common < Math.min(parts.size(), open.size()) && parts.get(common).equals(open.get(common))) {
            common++;
        }
        while (open.size() > common) {
            open.removeLast();
            streams.removeLast().close();
        }
        for (var part : parts.subList(common, parts.size())) {
            streams.add(streams.getLast().newDirectoryStream(RawPaths.name(latin1(part)), LinkOption.NOFOLLOW_LINKS));
            open.add(part);
        }
        return streams.getLast();
    }

    /// The parts of a name, each a character for a byte.
    private static List<String> parts(byte[] name) throws IOException {
        List<String> parts = new ArrayList<>();
        for (var part : new String(name, StandardCharsets.ISO_8859_1).split("/", -1)) {
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                throw new IOException("has \"..\" or a zero byte in its name");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static byte[] latin1(String part) {
        return part.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Why a file could not be opened, in words.
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "is missing";
            case FileSystemLoopException _ -> "leads through a link";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() throws IOException {
        for (var stream : streams.reversed()) {
            stream.close();
        }
    }
}
