package dev.plimsoll.server.images;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.Inventory;
import java.util.List;
import java.util.Optional;

/// What an image is known by.
///
/// @param digest of the manifest; where there is none, of the configuration; where there is neither, of the document
///     that tells of it
/// @param indexDigest of the index that the manifest was chosen from
/// @param configurationDigest its id
record ImageIdentity(
        String digest, Optional<String> indexDigest, Optional<String> configurationDigest, Optional<String> platform) {

    /// Of an image of a registry.
    static ImageIdentity of(Image image) {
        return of(
                image.manifestDigest().map(Object::toString),
                image.id().map(Object::toString),
                image.platform(),
                image.repoDigests(),
                image.origin());
    }

    /// Of an image of which a document tells.
    ///
    /// @param document digest of the document
    static ImageIdentity of(Inventory inventory, String document) {
        var image = inventory.image();
        return of(
                image.manifestDigest().map(Object::toString),
                image.id().map(Object::toString),
                image.platform(),
                image.repoDigests(),
                document);
    }

    private static ImageIdentity of(
            Optional<String> manifest,
            Optional<String> configuration,
            Optional<Platform> platform,
            List<String> repoDigests,
            String otherwise) {
        var digest = manifest.or(() -> configuration).orElse(otherwise);
        var index = repoDigests.stream()
                .map(name -> name.substring(name.indexOf('@') + 1))
                .filter(each -> !each.equals(digest))
                .findFirst();
        return new ImageIdentity(digest, index, configuration, platform.map(Platform::toString));
    }

    /// What a tag of a registry points to: the index where there is one.
    String root() {
        return indexDigest.orElse(digest);
    }
}
