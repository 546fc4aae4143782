package dev.plimsoll.image.source;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.layer.Blob;
import dev.plimsoll.image.layer.BlobContent;
import dev.plimsoll.image.storage.GraphRoot;
import dev.plimsoll.image.storage.StorageSettings;
import dev.plimsoll.image.storage.StoredImage;
import dev.plimsoll.image.storage.StoredLayer;
import dev.plimsoll.image.storage.StoredNames;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Images in the storage of Podman, Buildah and CRI-O, read in place and without any of them.
final class StorageImages implements ImageSource {

    /// Source: containers-transports(5), "containers-storage".
    private static final Pattern PLACE =
            Pattern.compile("\\[(?:([a-z0-9]+)@)?(/[^+\\]:]*)(?:\\+[^\\]:]*)?(?::[^\\]]*)?\\](.*)");

    @Override
    public List<String> schemes() {
        return List.of("containers-storage");
    }

    @Override
    public String form() {
        return "NAME[:TAG]";
    }

    @Override
    public boolean has(String word, SourceContext context) {
        if (Images.isSurelyAPath(word) || word.startsWith("[")) {
            return false;
        }
        try {
            for (var path : settings(context).graphRoots()) {
                var root = GraphRoot.find(path, Optional.empty());
                if (root.isPresent()
                        && !StoredNames.find(word, root.get().images()).isEmpty()) {
                    return true;
                }
            }
        } catch (ImageException _) {
            // who names the storage explicitly is told
        }
        return false;
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        var matcher = PLACE.matcher(place);
        var explicit = matcher.matches();
        if (place.startsWith("[") && !explicit) {
            throw notFound("containers-storage:" + place + ": write [overlay@/path]NAME");
        }
        var name = explicit ? matcher.group(3) : place;
        var driver = explicit ? Optional.ofNullable(matcher.group(1)) : Optional.<String>empty();
        var paths =
                explicit ? List.of(path(matcher.group(2))) : settings(context).graphRoots();
        if (name.isEmpty()) {
            throw notFound("containers-storage:" + place + ": names no image");
        }
        if (context.imageName().isPresent()) {
            throw notFound("containers-storage:" + place + " names the image itself; --image is for archives");
        }
        return find(name, driver, paths, context.options());
    }

    private static StorageSettings settings(SourceContext context) {
        // within `podman unshare` everybody is root, and the storage is still the user's
        var root = System.getProperty("user.name", "").equals("root")
                && context.variable("_CONTAINERS_ROOTLESS_UID")
                        .filter(id -> !id.equals("0"))
                        .isEmpty();
        return new StorageSettings(context.environment(), context.home(), root);
    }

    private static Path path(String text) throws ImageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw notFound("containers-storage:[" + text + "]: is no path");
        }
    }

    private static Image find(String name, Optional<String> driver, List<Path> paths, OpenOptions options)
            throws IOException {
        var there = new TreeSet<String>();
        var stores = 0;
        ImageException denied = null;
        for (var path : paths) {
            Optional<GraphRoot> root;
            List<StoredImage> images;
            try {
                root = GraphRoot.find(path, driver);
                images = root.isPresent() ? root.get().images() : List.of();
            } catch (ImageException e) {
                // another storage may have it; if none has, this is what to tell
                denied = denied == null ? e : denied;
                continue;
            }
            stores += root.isPresent() ? 1 : 0;
            images.forEach(image -> there.addAll(image.names()));
            var found = StoredNames.find(name, images);
            if (root.isPresent() && found.size() == 1) {
                return open(root.get(), found.getFirst(), options).askedAs(name);
            }
            if (!found.isEmpty()) {
                throw notFound(path + ": \"" + name + "\" means several images; name one of: "
                        + Layouts.join(found.stream().map(StorageImages::shown).toList()));
            }
        }
        if (denied != null) {
            throw denied;
        }
        throw notFound(
                stores == 0
                        ? "there is no containers-storage in "
                                + Layouts.join(
                                        paths.stream().map(Path::toString).toList())
                                + " (CONTAINERS_STORAGE_CONF, or containers-storage:[overlay@/path]NAME)"
                        : "the storage in "
                                + Layouts.join(
                                        paths.stream().map(Path::toString).toList()) + " has no image \"" + name
                                + "\"; it has: " + DaemonImages.nearFirst(name, List.copyOf(there)));
    }

    private static String shown(StoredImage image) {
        return image.names().isEmpty() ? "@" + image.id() : image.names().getFirst();
    }

    private static OpenedImage open(GraphRoot root, StoredImage image, OpenOptions options) throws IOException {
        var container = new StoreContainer(root, image);
        var documents = new Documents(container, options.limits());
        var manifest = documents.read("manifest");
        if (!image.digest().isEmpty()
                && !image.digest().equals(manifest.digest().toString())
                && !image.digests().contains(manifest.digest().toString())) {
            throw unreadable(
                    container,
                    "the manifest has digest " + manifest.digest() + " where " + image.digest() + " is expected");
        }
        var document = Layouts.configurationDocument(documents, manifest);
        var configuration = ConfigurationReader.read(document.object(), document.name());
        DockerArchives.refuseOtherPlatform(container.where(), configuration, options);
        var layers = root.layers(image, options.limits().layers());
        if (layers.size() != configuration.diffIds().size()) {
            throw unreadable(
                    container,
                    "the storage has " + layers.size() + " layers, the configuration "
                            + configuration.diffIds().size());
        }
        return new OpenedImage(
                "containers-storage",
                "containers-storage " + root.path() + " (" + root.driver() + ")",
                image.names().stream()
                        .filter(name -> name.indexOf('@') < 0)
                        .sorted()
                        .toList(),
                repoDigests(image),
                document.digest(),
                Optional.of(manifest.digest()),
                configuration,
                List.of(manifest.as(ImageDocument.Kind.MANIFEST), document.as(ImageDocument.Kind.CONFIGURATION)),
                blobs(container, layers, configuration),
                () -> {});
    }

    private static List<Blob> blobs(
            StoreContainer container, List<StoredLayer> layers, ImageConfiguration configuration)
            throws ImageException {
        var root = container.root();
        List<Blob> blobs = new ArrayList<>();
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var diffId = configuration.diffIds().get(i);
            if (!layer.diffDigest().isEmpty() && !layer.diffDigest().equals(diffId.toString())) {
                throw unreadable(
                        container,
                        "layer " + (i + 1) + " has the diff id " + diffId + " in the configuration and "
                                + layer.diffDigest() + " in the storage");
            }
            var whole = root.hasTar(layer);
            var descriptor = new LayerDescriptor(i, diffId, Optional.of(diffId), "", whole ? layer.diffSize() : -1);
            // what is put together again is the plain tar: its digest is the diff id
            blobs.add(
                    whole
                            ? new Blob(
                                    descriptor,
                                    new BlobContent.Streamed(layer.diffSize(), () -> root.tar(layer)),
                                    Optional.of(diffId),
                                    false)
                            : new Blob(
                                    descriptor,
                                    new BlobContent.Streamed(-1, () -> root.tarOfFiles(layer)),
                                    Optional.empty(),
                                    false));
        }
        return blobs;
    }

    /// As Podman tells them: each repository with each digest that the storage notes.
    private static List<String> repoDigests(StoredImage image) {
        return image.names().stream()
                .map(StoredNames::repository)
                .distinct()
                .flatMap(repository -> Stream.concat(Stream.of(image.digest()), image.digests().stream())
                        .filter(digest -> Digest.parse(digest).isPresent())
                        .distinct()
                        .map(digest -> repository + "@" + digest))
                .toList();
    }

    private static ImageException notFound(String reason) {
        return new ImageException(Kind.NOT_FOUND, reason);
    }

    private static ImageException unreadable(StoreContainer container, String reason) {
        return new ImageException(Kind.UNREADABLE, container.where() + ": " + reason);
    }
}
