package dev.plimsoll.policy.evaluation;

import dev.plimsoll.image.Digest;
import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import java.util.Optional;

/// Whether a mapping or an image list means an image.
final class ImageRules {

    private ImageRules() {}

    /// What a rule says of an image.
    enum Answer {
        MEANS,
        DOES_NOT_MEAN,
        /// It names an id or a digest, and nobody knows that of the image.
        NOBODY_KNOWS;

        static Answer of(boolean means) {
            return means ? MEANS : DOES_NOT_MEAN;
        }
    }

    static Answer ask(ImageRule rule, Evidence evidence) {
        var name = evidence.name();
        if (!rule.registry().matches(name.registry()) || !rule.repository().matches(name.repository())) {
            return Answer.DOES_NOT_MEAN;
        }
        return switch (rule.image()) {
            case ImageReference.Tag(var pattern) -> Answer.of(pattern.matches(name.tag()));
            case ImageReference.ManifestDigest(var digest) -> ofDigest(digest, evidence);
            case ImageReference.ImageId(var id) ->
                evidence.inventory()
                        .image()
                        .id()
                        .map(known -> Answer.of(known.hex().equals(id)))
                        .orElse(Answer.NOBODY_KNOWS);
        };
    }

    /// A repository may know the image by the digest of the index that it came by, too.
    private static Answer ofDigest(String digest, Evidence evidence) {
        var image = evidence.inventory().image();
        if (image.manifestDigest().map(Digest::toString).equals(Optional.of(digest))
                || image.repoDigests().stream().anyMatch(known -> known.endsWith("@" + digest))) {
            return Answer.MEANS;
        }
        // An archive without a manifest has no digest, and that is known.
        boolean known = image.manifestDigest().isPresent() || image.id().isPresent();
        return known ? Answer.DOES_NOT_MEAN : Answer.NOBODY_KNOWS;
    }
}
