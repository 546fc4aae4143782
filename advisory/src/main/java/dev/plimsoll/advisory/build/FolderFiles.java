package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.feed.FeedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;

/// A feed as a folder. Links are not followed.
record FolderFiles(Path folder) implements FeedFiles {

    @Override
    public void forEach(Predicate<String> wanted, Reader reader) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var file : (Iterable<Path>) walk.sorted()::iterator) {
                var path = folder.relativize(file).toString().replace('\\', '/');
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && wanted.test(path)) {
                    if (Files.size(file) > ArchiveFiles.MAX_FILE) {
                        throw new IOException(file + " is over " + ArchiveFiles.MAX_FILE + " bytes");
                    }
                    reader.file(path, Files.readAllBytes(file));
                }
            }
        }
    }
}
