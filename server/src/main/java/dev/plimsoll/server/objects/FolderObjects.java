package dev.plimsoll.server.objects;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects in a folder: `sha256/ab/ab12….zst`. A file has its name only when it is whole and on disk.
public final class FolderObjects implements ObjectStore {

    private static final String SUFFIX = ".zst";
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Path unfinished;
    private final FileCache cache;

    /// @param folder is made where it is not there
    /// @param cached where unpacked files lie that readers need; may be emptied while the service stands still
    public FolderObjects(Path folder, Path cached) throws IOException {
        this.folder = folder;
        this.unfinished = folder.resolve("unfinished");
        Files.createDirectories(unfinished);
        this.cache = new FileCache(cached);
    }

    @Override
    public String put(Content content) throws IOException {
        var scratch = Files.createTempFile(unfinished, "object", SUFFIX);
        try {
            var sum = Digests.sha256();
            try (var file = Files.newOutputStream(scratch);
                    var out =
                            new DigestOutputStream(new BufferedOutputStream(new ZstdOutputStream(file), BUFFER), sum)) {
                content.writeTo(out);
            }
            var digest = Digests.PREFIX + HexFormat.of().formatHex(sum.digest());
            var place = place(digest);
            if (!Files.exists(place)) {
                force(scratch);
                Files.createDirectories(shelf(digest));
                Files.move(scratch, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                force(shelf(digest));
            }
            return digest;
        } catch (java.nio.file.FileSystemException e) {
            throw new ObjectStoreException("cannot write an object to " + folder + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw e instanceof ObjectStoreException
                    ? e
                    : new ObjectStoreException("cannot write an object to " + folder + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<InputStream> read(String digest) throws IOException {
        InputStream packed;
        try {
            packed = Files.newInputStream(place(digest));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        return Optional.of(new VerifiedStream(
                new ZstdInputStream(new BufferedInputStream(packed, BUFFER)), digest, folder.toString()));
    }

    @Override
    public boolean has(String digest) {
        return Files.exists(place(digest));
    }

    @Override
    public Path file(String digest) throws IOException {
        return cache.file(digest, this);
    }

    @Override
    public void delete(String digest) throws IOException {
        Files.deleteIfExists(place(digest));
        cache.forget(digest);
    }

    @Override
    public Stream<String> all() throws IOException {
        var root = folder.resolve("sha256");
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (var files = Files.walk(root, 2)) {
            return files
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> Digests.PREFIX + name.substring(0, name.length() - SUFFIX.length()))
                    .toList()
                    .stream();
        }
    }

    private Path place(String digest) {
        return shelf(digest).resolve(Digests.hex(digest) + SUFFIX);
    }

    private Path shelf(String digest) {
        return folder.resolve("sha256").resolve(Digests.hex(digest).substring(0, 2));
    }

    @Override
    public void close() {}
}
