package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// A folder on disk: a root file system, or the source of a program.
final class FolderSource implements ImageSource {

    /// A folder with one of these was an image once: to look at the blobs as if they were files finds nothing, and
    /// nothing found must not look like nothing wrong.
    private static final List<String> OF_AN_IMAGE = List.of("index.json", "manifest.json", "oci-layout", "blobs");

    @Override
    public List<String> schemes() {
        return List.of("dir");
    }

    @Override
    public String form() {
        return "FOLDER";
    }

    @Override
    public boolean has(String word, SourceContext context) {
        try {
            var folder = context.folder().resolve(word);
            return Files.isDirectory(folder)
                    && OF_AN_IMAGE.stream().noneMatch(name -> Files.exists(folder.resolve(name)));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        var folder = existing("dir", place, context);
        if (!Files.isDirectory(folder)) {
            throw new ImageException(Kind.NOT_FOUND, folder + ": is not a folder (file:" + place + ")");
        }
        return new FolderImage("dir", "folder " + folder, folder);
    }

    /// The path that a user named. A link there is followed: that one the user chose.
    static Path existing(String scheme, String place, SourceContext context) throws IOException {
        try {
            var path = context.folder().resolve(place);
            if (!place.isEmpty() && Files.exists(path)) {
                return path.toRealPath();
            }
        } catch (InvalidPathException _) {
            // told below
        }
        throw new ImageException(Kind.NOT_FOUND, scheme + ":" + place + ": there is no such file or folder");
    }
}
