package dev.plimsoll.server.objects;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects in a folder: `sha256/ab/ab12….zst`. A file has its name only when it is whole and on disk.
public final class FolderObjects implements ObjectStore {

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Path unfinished;
    private final FileCache cache;

    /// @param folder is made where it is not there
    /// @param cached where unpacked files lie that readers need; may be emptied while the service
    ///     stands still
    public FolderObjects(Path folder, Path cached) throws IOException {
        this.folder = folder;
        this.unfinished = folder.resolve("unfinished");
        Files.createDirectories(unfinished);
        Spool.clean(unfinished);
        this.cache = new FileCache(cached, FileCache.MOST);
    }

    @Override
    public String put(Content content) throws IOException {
        try (var spool = Spool.write(content, unfinished)) {
            var place = place(spool.digest());
            try {
                if (Files.exists(place)) {
                    Files.setLastModifiedTime(place, Files.getLastModifiedTime(spool.file()));
                    return spool.digest();
                }
            } catch (NoSuchFileException _) {
                // deleted between the two
            }
            keep(spool.file(), place);
            return spool.digest();
        }
    }

    private void keep(Path file, Path place) throws IOException {
        try {
            Spool.force(file);
            var shelf = shelf(place);
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Spool.force(shelf);
        } catch (IOException e) {
            throw Spool.failure(folder, e);
        }
    }

    /// The folder of a file; that it is there lasts too.
    private Path shelf(Path place) throws IOException {
        var root = folder.resolve("sha256");
        var shelf = root.resolve(String.valueOf(place.getFileName()).substring(0, 2));
        if (!Files.isDirectory(shelf)) {
            Files.createDirectories(shelf);
            Spool.force(root);
            Spool.force(folder);
        }
        return shelf;
    }

    @Override
    public Optional<InputStream> read(String digest) throws IOException {
        InputStream packed;
        try {
            packed = Files.newInputStream(place(digest));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ObjectStoreException(
                    "the object " + digest + " in " + folder + " cannot be read: " + e.getMessage(), e);
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
    public Optional<Instant> lastPut(String digest) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(place(digest)).toInstant());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    @Override
    public Stream<String> all() throws IOException {
        var root = folder.resolve("sha256");
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (var files = Files.walk(root, 2)) {
            return files.flatMap(file -> Digests.ofFile(String.valueOf(file.getFileName())).stream()).toList().stream();
        }
    }

    private Path place(String digest) {
        return folder.resolve(Digests.place(digest));
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return folder.toString();
    }
}
