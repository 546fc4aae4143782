package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Opens images, wherever they are.
public final class Images {

    private Images() {}

    /// Opens an image: reads and verifies its manifest and configuration.
    ///
    /// @param where `docker-archive:FILE[:NAME]`, `oci-layout:PATH[:TAG]` with the path of a folder or a tar (also
    ///     written `oci-dir:` or `oci-archive:`), or a path without scheme, which is looked into. A name or tag may
    ///     be a digest, `@sha256:…`.
    /// @throws ImageException when there is nothing, more than one, or nothing readable
    public static Image open(String where, OpenOptions options) throws IOException {
        return open(where, Path.of(""), options);
    }

    /// The same with a folder against which relative paths are meant.
    public static Image open(String where, Path folder, OpenOptions options) throws IOException {
        var location = Location.parse(where, folder);
        try {
            return open(location, options);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(Kind.UNREADABLE, location.path() + ": " + e, e);
        }
    }

    private static Image open(Location location, OpenOptions options) throws IOException {
        var path = location.path();
        var container = Files.isDirectory(path) ? new FolderContainer(path) : archive(path);
        var layout = container.find("index.json").isPresent();
        var archive = container.find("manifest.json").isPresent();
        return switch (location.transport()) {
            case DOCKER_ARCHIVE -> dockerArchive(container, archive, location.tag(), options);
            case OCI_LAYOUT -> layout(container, layout, location.tag(), options);
            // newer docker saves are both; the layout knows more
            case ANY ->
                layout || !archive
                        ? layout(container, layout, location.tag(), options)
                        : dockerArchive(container, archive, location.tag(), options);
        };
    }

    private static Container archive(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ImageException(Kind.NOT_FOUND, path + ": is neither a file nor a folder");
        }
        try (var stream = Files.newInputStream(path)) {
            var first = stream.readNBytes(4);
            var gzip = first.length > 1 && first[0] == 0x1f && first[1] == (byte) 0x8b;
            var zstd = first.length > 3 && first[0] == 0x28 && first[1] == (byte) 0xb5 && first[2] == 0x2f;
            if (gzip || zstd) {
                throw new ImageException(
                        Kind.UNREADABLE,
                        path + ": the archive is packed as a whole; unpack it with " + (gzip ? "gunzip" : "unzstd"));
            }
        }
        return TarContainer.index(path);
    }

    private static Image dockerArchive(Container container, boolean there, Optional<String> tag, OpenOptions options)
            throws IOException {
        if (!there) {
            throw none(container, "is not a docker archive: it has no manifest.json");
        }
        return DockerArchives.open(container, tag, options);
    }

    private static Image layout(Container container, boolean there, Optional<String> tag, OpenOptions options)
            throws IOException {
        if (!there) {
            throw none(container, "is not an image: it has neither index.json (OCI layout) nor manifest.json");
        }
        return Layouts.open(container, tag, options);
    }

    /// Writers put the manifest last, so what is cut off is mostly that.
    private static ImageException none(Container container, String reason) {
        return container.mayBeCut()
                ? new ImageException(
                        Kind.UNREADABLE,
                        container.where() + ": " + reason + ", and the archive has no end: it is cut off")
                : new ImageException(Kind.NOT_FOUND, container.where() + ": " + reason);
    }
}
