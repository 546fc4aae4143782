package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a user says that an image is.
///
/// @param tag which image there: a name, or a digest behind an `@`
record Location(Transport transport, Path path, Optional<String> tag) {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*", Pattern.DOTALL);
    private static final String SUPPORTED =
            "supported are docker-archive:FILE[:NAME], oci-layout:FOLDER[:TAG], oci-layout:FILE.tar[:TAG], or the path of one of these";

    /// What kind of place.
    enum Transport {
        DOCKER_ARCHIVE,
        OCI_LAYOUT,
        /// To be found out by looking.
        ANY
    }

    /// @param folder against which relative paths are meant
    /// @throws ImageException when there is nothing, or the scheme is unknown
    static Location parse(String where, Path folder) throws ImageException {
        for (var scheme : new String[] {"docker-archive:", "oci-layout:", "oci-dir:", "oci-archive:"}) {
            if (where.startsWith(scheme)) {
                var transport = scheme.startsWith("docker") ? Transport.DOCKER_ARCHIVE : Transport.OCI_LAYOUT;
                return split(transport, where.substring(scheme.length()), folder)
                        .orElseThrow(() -> notFound(where, "there is no such file or folder"));
            }
        }
        var location = split(Transport.ANY, where, folder);
        if (location.isPresent()) {
            return location.get();
        }
        var matcher = SCHEME.matcher(where);
        if (matcher.matches() && !matcher.group(1).contains(".")) {
            throw notFound(
                    where, "\"" + matcher.group(1).toLowerCase(Locale.ROOT) + ":\" is not supported; " + SUPPORTED);
        }
        throw notFound(where, "there is no such file or folder; " + SUPPORTED);
    }

    /// A path may hold colons, and so may a tag: the longest path that exists is the path.
    private static Optional<Location> split(Transport transport, String text, Path folder) {
        if (exists(text, folder)) {
            return Optional.of(new Location(transport, folder.resolve(text), Optional.empty()));
        }
        for (var at = text.length() - 1; at > 0; at--) {
            var c = text.charAt(at);
            if ((c == ':' || c == '@') && exists(text.substring(0, at), folder)) {
                var tag = c == '@' ? text.substring(at) : text.substring(at + 1);
                return Optional.of(new Location(
                        transport,
                        folder.resolve(text.substring(0, at)),
                        tag.isEmpty() ? Optional.empty() : Optional.of(tag)));
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

    private static ImageException notFound(String where, String reason) {
        return new ImageException(Kind.NOT_FOUND, where + ": " + reason);
    }
}
