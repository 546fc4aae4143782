package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.registry.Reference;
import java.util.Optional;

/// A name that a registry may move to another image.
///
/// @param registry `host[:port]`
/// @param repository path within it
public record ImageTag(String registry, String repository, String tag) {

    /// What a reference names besides a digest.
    static Optional<ImageTag> of(Reference reference) {
        return reference.tag().map(tag -> new ImageTag(reference.registry(), reference.repository(), tag));
    }

    Reference reference() {
        return parsed(toString());
    }

    /// The tag with what it points to.
    Reference at(String digest) {
        return parsed(this + "@" + digest);
    }

    private static Reference parsed(String text) {
        try {
            return Reference.parse(text);
        } catch (ImageException e) {
            throw new IllegalStateException("the name was made of a reference", e);
        }
    }

    /// `registry/repository:tag`
    @Override
    public String toString() {
        return registry + "/" + repository + ":" + tag;
    }
}
