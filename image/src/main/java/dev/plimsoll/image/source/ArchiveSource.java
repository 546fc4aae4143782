package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Archives and layouts on disk or on standard input: a tar, packed or not, or a folder with the same files in it.
///
/// @param expected which of the two ways to lay an image out
record ArchiveSource(Expected expected) implements ImageSource {

    private static final String STANDARD_INPUT = "-";

    /// The ways to lay an image out in files.
    enum Expected {
        DOCKER_ARCHIVE,
        OCI_LAYOUT,
        /// To be found out by looking.
        ANY
    }

    @Override
    public List<String> schemes() {
        return switch (expected) {
            case DOCKER_ARCHIVE -> List.of("docker-archive");
            case OCI_LAYOUT -> List.of("oci-layout", "oci-archive", "oci-dir", "oci");
            case ANY -> List.of("path");
        };
    }

    @Override
    public String form() {
        return switch (expected) {
            case DOCKER_ARCHIVE -> "FILE[:NAME]";
            case OCI_LAYOUT -> "FOLDER-OR-FILE[:TAG]";
            case ANY -> "PATH";
        };
    }

    @Override
    public boolean has(String word, SourceContext context) {
        return word.equals(STANDARD_INPUT)
                || Location.find(word, context.folder()).isPresent();
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        if (place.equals(STANDARD_INPUT)) {
            return spooled(
                    context.spool(context.in(), "standard input"), "standard input", context.imageName(), context);
        }
        var location = Location.find(place, context.folder())
                .orElseThrow(() -> new ImageException(
                        Kind.NOT_FOUND, schemes().getFirst() + ":" + place + ": there is no such file or folder"));
        var path = location.path();
        var name = name(place, location, context);
        try {
            if (Files.isDirectory(path)) {
                return opened(new FolderContainer(path), name, context.options());
            }
            if (!Files.isRegularFile(path)) {
                throw new ImageException(Kind.NOT_FOUND, path + ": is neither a file nor a folder");
            }
            if (expected == Expected.ANY) {
                refuseOtherThings(path);
            }
            return isPacked(path)
                    ? unpacked(path, name, context)
                    : opened(
                            TarContainer.index(
                                    path, path.toString(), context.options().limits()),
                            name,
                            context.options());
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(Kind.UNREADABLE, path + ": " + e, e);
        }
    }

    /// `--image` and what stands behind the path say the same thing.
    private static Optional<String> name(String place, Location location, SourceContext context) throws ImageException {
        if (location.tag().isPresent()
                && context.imageName().isPresent()
                && !location.tag().equals(context.imageName())) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    place + ": names \"" + location.tag().get() + "\", and --image \""
                            + context.imageName().get() + "\"; give one of them");
        }
        return location.tag().or(context::imageName);
    }

    private Image unpacked(Path path, Optional<String> name, SourceContext context) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            return spooled(context.spool(stream, path.toString()), path.toString(), name, context);
        }
    }

    private Image spooled(Spool spool, String where, Optional<String> name, SourceContext context) throws IOException {
        try {
            return opened(
                            TarContainer.index(
                                    spool.file(), where, context.options().limits()),
                            name,
                            context.options())
                    .holding(spool);
        } catch (IOException | RuntimeException | Error e) {
            close(spool);
            throw e;
        }
    }

    /// What went wrong before is what is told.
    static void close(Closeable spool) {
        try (spool) {
            return;
        } catch (IOException _) {
            // a file stays behind in the temporary folder
        }
    }

    /// A file that was named without a scheme and is surely no archive: a reader of archives would only say so.
    private static void refuseOtherThings(Path path) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            var first = new String(stream.readNBytes(4), StandardCharsets.ISO_8859_1);
            var hint = first.startsWith("{") || first.startsWith("<") || first.startsWith("pkg:")
                    ? "a bill of materials is sbom:" + path + ", any other file file:" + path
                    : first.startsWith("PK\u0003\u0004") || first.startsWith("\u007fELF")
                            ? "a single file is file:" + path
                            : "";
            if (!hint.isEmpty()) {
                throw new ImageException(Kind.NOT_FOUND, path + ": is no archive of an image; " + hint);
            }
        }
    }

    private static boolean isPacked(Path path) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            var first = stream.readNBytes(4);
            return first.length == 4
                    && ((first[0] == 0x1f && first[1] == (byte) 0x8b)
                            || (first[0] == 0x28 && first[1] == (byte) 0xb5 && first[2] == 0x2f)
                            || (first[0] == 'B' && first[1] == 'Z' && first[2] == 'h')
                            || (first[0] == (byte) 0xfd && first[1] == '7' && first[2] == 'z'));
        }
    }

    private OpenedImage opened(Container container, Optional<String> name, OpenOptions options) throws IOException {
        var layout = container.find("index.json").isPresent();
        var archive = container.find("manifest.json").isPresent();
        var image = switch (expected) {
            case DOCKER_ARCHIVE -> dockerArchive(container, archive, name, options);
            case OCI_LAYOUT -> layout(container, layout, name, options);
            // newer docker saves are both; the layout knows more
            case ANY ->
                layout || !archive
                        ? layout(container, layout, name, options)
                        : dockerArchive(container, true, name, options);
        };
        return name.map(image::askedAs).orElse(image);
    }

    private static OpenedImage dockerArchive(
            Container container, boolean there, Optional<String> name, OpenOptions options) throws IOException {
        if (!there) {
            throw none(container, "is not a docker archive: it has no manifest.json");
        }
        return DockerArchives.open(container, name, options);
    }

    private static OpenedImage layout(Container container, boolean there, Optional<String> name, OpenOptions options)
            throws IOException {
        if (!there) {
            throw none(
                    container,
                    "is not an image: it has neither index.json (OCI layout) nor manifest.json"
                            + (container instanceof FolderContainer ? " (its files as they lie: dir:FOLDER)" : ""));
        }
        return Layouts.open(container, name, options);
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
