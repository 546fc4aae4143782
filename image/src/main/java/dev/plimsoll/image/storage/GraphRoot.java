package dev.plimsoll.image.storage;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A storage's folder, which is read and never written: neither are its locks taken. What changes meanwhile is
/// found out by the digests.
///
/// Source: containers/storage, `images.go`, `layers.go`, `drivers/overlay`, `drivers/vfs`.
///
/// @param path the graph root
/// @param driver `overlay` or `vfs`
public record GraphRoot(Path path, String driver) {

    private static final List<String> DRIVERS = List.of("overlay", "vfs");
    private static final List<String> OTHER_DRIVERS = List.of("btrfs", "zfs", "aufs", "devicemapper", "windowsfilter");

    /// Looks for a storage.
    ///
    /// @param driver the one that is asked for; empty to take what is there
    /// @return empty where there is none
    /// @throws ImageException when it may not be read, or is of a driver that is not
    public static Optional<GraphRoot> find(Path path, Optional<String> driver) throws ImageException {
        var wanted = driver.filter(name -> !name.equals("overlay2")).or(() -> driver.map(_ -> "overlay"));
        if (wanted.isPresent() && !DRIVERS.contains(wanted.get())) {
            throw unsupported(path, wanted.get());
        }
        for (var known : wanted.map(List::of).orElse(DRIVERS)) {
            if (exists(imagesFile(path, known))) {
                return Optional.of(new GraphRoot(path, known));
            }
        }
        for (var other : OTHER_DRIVERS) {
            if (wanted.isEmpty() && exists(imagesFile(path, other))) {
                throw unsupported(path, other);
            }
        }
        return Optional.empty();
    }

    private static boolean exists(Path file) throws ImageException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (AccessDeniedException e) {
            throw StoreLists.denied(file, e);
        } catch (IOException _) {
            return false;
        }
    }

    private static ImageException unsupported(Path path, String driver) {
        return new ImageException(
                Kind.NOT_FOUND,
                path + ": the storage driver \"" + driver + "\" is not supported; supported are overlay and vfs."
                        + " Save the image and name the archive: podman save -o image.tar NAME");
    }

    private static Path imagesFile(Path path, String driver) {
        return path.resolve(driver + "-images").resolve("images.json");
    }

    /// All images, in the order of their list.
    public List<StoredImage> images() throws ImageException {
        return StoreLists.images(imagesFile(path, driver));
    }

    /// The layers of an image, lowest first.
    ///
    /// @param most layers
    /// @throws ImageException when one is not there, or they go round in a circle
    public List<StoredLayer> layers(StoredImage image, int most) throws ImageException {
        var file = path.resolve(driver + "-layers").resolve("layers.json");
        Map<String, StoredLayer> byId = new HashMap<>();
        StoreLists.layers(file).forEach(layer -> byId.put(layer.id(), layer));
        List<StoredLayer> chain = new ArrayList<>();
        var seen = new HashSet<String>();
        for (var id = image.topLayer(); !id.isEmpty(); ) {
            var layer = byId.get(id);
            if (layer == null) {
                throw new ImageException(Kind.UNREADABLE, file + ": the layer " + id + " is missing");
            }
            if (!seen.add(id)) {
                throw new ImageException(Kind.UNREADABLE, file + ": the layer " + id + " is its own parent");
            }
            if (chain.size() == most) {
                throw new ImageException(
                        Kind.UNREADABLE,
                        file + ": the image " + image.id() + " has more layers than the limit of " + most
                                + " (--max-layers)");
            }
            chain.add(layer);
            id = layer.parent();
        }
        return chain.reversed();
    }

    /// Where a document of an image lies: `manifest`, or a digest.
    public Path document(StoredImage image, String name) {
        return path.resolve(driver + "-images").resolve(image.id()).resolve(fileName(name));
    }

    /// Names with other characters than these are written in base64.
    private static String fileName(String name) {
        var plain = name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
        return plain ? name : "=" + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the layer's tar can be put together again.
    public boolean hasTar(StoredLayer layer) {
        return Files.isRegularFile(splitFile(layer), LinkOption.NOFOLLOW_LINKS);
    }

    /// The layer's tar, byte for byte. To be closed.
    ///
    /// @throws ImageException from here and from reading, when a piece is missing or was changed
    public InputStream tar(StoredLayer layer) throws IOException {
        return TarSplitStream.open(splitFile(layer), path, folder(layer));
    }

    /// A tar of the layer's files, for a layer whose own cannot be put together again. To be closed.
    ///
    /// @throws ImageException from here and from reading
    public InputStream tarOfFiles(StoredLayer layer) throws IOException {
        if (driver.equals("vfs")) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    splitFile(layer) + ": is missing, and the storage driver vfs keeps no layer by itself;"
                            + " save the image and name the archive: podman save -o image.tar NAME");
        }
        return FolderTar.open(path, folder(layer));
    }

    private Path splitFile(StoredLayer layer) {
        return path.resolve(driver + "-layers").resolve(layer.id() + ".tar-split.gz");
    }

    /// Where the layer's files lie, relative to the root: those of the layer alone, or with vfs those of all
    /// layers up to it.
    private Path folder(StoredLayer layer) {
        return driver.equals("vfs") ? Path.of("vfs", "dir", layer.id()) : Path.of("overlay", layer.id(), "diff");
    }
}
