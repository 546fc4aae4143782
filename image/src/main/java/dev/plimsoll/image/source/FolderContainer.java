package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.layer.BlobContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A folder. Links in it are followed: what they lead to must have the digest that the image names.
record FolderContainer(Path folder) implements Container {

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public boolean mayBeCut() {
        return false;
    }

    @Override
    public Optional<BlobContent> find(String name) throws IOException {
        try {
            var relative = Path.of(name).normalize();
            if (relative.isAbsolute() || relative.startsWith("..")) {
                return Optional.empty(); // an archive that was unpacked may name any path; only those in it count
            }
            var file = folder.resolve(relative);
            if (Files.isRegularFile(file)) {
                return Optional.of(new BlobContent.FileRange(file, 0, Files.size(file)));
            }
            if (Files.exists(file)) {
                throw new ImageException(Kind.UNREADABLE, file + ": is not a regular file");
            }
            return Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
