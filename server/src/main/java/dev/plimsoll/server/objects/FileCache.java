package dev.plimsoll.server.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Unpacked copies of objects for readers that need a file. Whatever lies there may be thrown away
/// while the service stands still. What was not asked for the longest goes first when it becomes too
/// much; who has it open reads on.
final class FileCache {

    /// In bytes, of all files.
    static final long MOST = 8L << 30;

    private final Path folder;
    private final long most;
    /// Sizes by the name of the file, the one not asked for the longest first.
    private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

    /// @param most bytes of all files together; the last one asked for stays even where it is larger
    FileCache(Path folder, long most) throws IOException {
        this.folder = folder;
        this.most = most;
        Files.createDirectories(folder);
        Spool.clean(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
    }

    Path file(String digest, ObjectStore store) throws IOException {
        var name = Digests.hex(digest);
        var place = folder.resolve(name);
        if (!Files.exists(place)) {
            unpack(digest, store, place);
        }
        remember(name, Files.size(place));
        return place;
    }

    private void unpack(String digest, ObjectStore store, Path place) throws IOException {
        var scratch = Spool.scratch(folder, "unpacked");
        try (var in = store.read(digest).orElseThrow(() -> new ObjectStoreException("there is no object " + digest));
                var out = Files.newOutputStream(scratch)) {
            // what comes out of the store says itself what is wrong with it
            var buffer = new byte[1 << 16];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                try {
                    out.write(buffer, 0, count);
                } catch (IOException e) {
                    throw Spool.failure(folder, e);
                }
            }
            // a file that has its name is taken for whole after a crash too
            Spool.force(scratch);
            Files.move(scratch, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private synchronized void remember(String name, long size) throws IOException {
        sizes.put(name, size);
        var total = sizes.values().stream().mapToLong(Long::longValue).sum();
        for (var eldest = sizes.entrySet().iterator(); total > most && sizes.size() > 1; ) {
            var entry = eldest.next();
            Files.deleteIfExists(folder.resolve(entry.getKey()));
            total -= entry.getValue();
            eldest.remove();
        }
    }

    synchronized void forget(String digest) throws IOException {
        sizes.remove(Digests.hex(digest));
        Files.deleteIfExists(folder.resolve(Digests.hex(digest)));
    }
}
