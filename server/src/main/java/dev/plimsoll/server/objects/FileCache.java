package dev.plimsoll.server.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Unpacked copies of objects for readers that need a file. Whatever lies there may be thrown away while the service
/// stands still.
final class FileCache {

    private final Path folder;

    FileCache(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    Path file(String digest, ObjectStore store) throws IOException {
        var place = folder.resolve(Digests.hex(digest));
        if (!Files.exists(place)) {
            var scratch = Files.createTempFile(folder, "unpacking", "");
            try (var in =
                    store.read(digest).orElseThrow(() -> new ObjectStoreException("there is no object " + digest))) {
                Files.copy(in, scratch, StandardCopyOption.REPLACE_EXISTING);
                Files.move(scratch, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(scratch);
            }
        }
        return place;
    }

    void forget(String digest) throws IOException {
        Files.deleteIfExists(folder.resolve(Digests.hex(digest)));
    }
}
