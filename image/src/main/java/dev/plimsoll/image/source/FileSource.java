package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// A single file on disk: a jar, a program, a lock file.
final class FileSource implements ImageSource {

    @Override
    public List<String> schemes() {
        return List.of("file");
    }

    @Override
    public String form() {
        return "FILE";
    }

    /// A word that names a file means an archive: a damaged one must not look like a file without packages.
    @Override
    public boolean has(String word, SourceContext context) {
        return false;
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        var file = FolderSource.existing("file", place, context);
        if (!Files.isRegularFile(file)) {
            throw new ImageException(
                    Kind.NOT_FOUND, file + ": is not a file" + (Files.isDirectory(file) ? " (dir:" + place + ")" : ""));
        }
        return new FolderImage("file", "file " + file, file);
    }
}
