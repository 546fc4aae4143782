package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.layer.BlobContent;
import dev.plimsoll.image.registry.RemoteImage;
import dev.plimsoll.image.registry.RemoteManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a registry keeps of one image: manifests are fetched when they are asked for, blobs when they are read. Used by
/// one thread until the image is open.
final class RegistryContainer implements Container {

    /// Of one image: an index that names no platforms makes us look into each of its manifests.
    static final int MAX_MANIFESTS = 100;
    /// Of all manifests of one image together, as a multiple of the limit of one.
    static final int MAX_MANIFEST_LIMITS = 4;

    private final RemoteImage image;
    private final ImageLimits limits;
    private final Map<Digest, Optional<RemoteManifest>> manifests = new HashMap<>();
    private long manifestBytes;

    RegistryContainer(RemoteImage image, ImageLimits limits) {
        this.image = image;
        this.limits = limits;
    }

    @Override
    public String where() {
        return image.reference().toString();
    }

    @Override
    public boolean mayBeCut() {
        return false;
    }

    /// A registry keeps no files of a name.
    @Override
    public Optional<BlobContent> find(String name) {
        return Optional.empty();
    }

    @Override
    public String name(Digest digest) {
        return digest.toString();
    }

    @Override
    public Optional<BlobContent> manifest(Digest digest) throws IOException {
        var known = manifests.get(digest);
        if (known == null) {
            if (manifests.size() == MAX_MANIFESTS) {
                throw tooMany("more than " + MAX_MANIFESTS + " manifests");
            }
            known = image.manifest(digest, limits.manifestBytes());
            manifests.put(digest, known);
            manifestBytes += known.map(RemoteManifest::size).orElse(0);
            var most = (long) MAX_MANIFEST_LIMITS * limits.manifestBytes();
            if (manifestBytes > most) {
                throw tooMany("more than " + most + " bytes of manifests (--max-manifest-bytes)");
            }
        }
        return known.map(manifest ->
                new BlobContent.Streamed(manifest.size(), () -> new ByteArrayInputStream(manifest.bytes())));
    }

    @Override
    public Optional<BlobContent> blob(Digest digest, long size) {
        return Optional.of(new BlobContent.Streamed(size, () -> image.blob(digest, size)));
    }

    private ImageException tooMany(String what) {
        return new ImageException(Kind.UNREADABLE, where() + ": to find the image in its index would take " + what);
    }
}
