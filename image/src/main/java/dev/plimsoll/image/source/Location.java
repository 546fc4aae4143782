package dev.plimsoll.image.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A path, and which of the images there.
///
/// @param tag a name, or a digest behind an `@`
record Location(Path path, Optional<String> tag) {

    /// A path may hold colons, and so may a tag: the longest path that exists is the path. Empty where none does.
    ///
    /// @param folder against which relative paths are meant
    static Optional<Location> find(String text, Path folder) {
        if (exists(text, folder)) {
            return Optional.of(new Location(folder.resolve(text), Optional.empty()));
        }
        for (var at = text.length() - 1; at > 0; at--) {
            var c = text.charAt(at);
            if ((c == ':' || c == '@') && exists(text.substring(0, at), folder)) {
                var tag = c == '@' ? text.substring(at) : text.substring(at + 1);
                return Optional.of(new Location(
                        folder.resolve(text.substring(0, at)), tag.isEmpty() ? Optional.empty() : Optional.of(tag)));
            }
        }
        return Optional.empty();
    }

    private static boolean exists(String path, Path folder) {
        try {
            return !path.isEmpty() && Files.exists(folder.resolve(path));
        } catch (InvalidPathException _) {
            return false;
        }
    }
}
