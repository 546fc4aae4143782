package dev.plimsoll.policy.evaluation;

import dev.plimsoll.image.Digest;
import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;

/// Whether a mapping or an image list means an image.
final class ImageRules {

    private ImageRules() {}

    static boolean mean(ImageRule rule, Evidence evidence) {
        var name = evidence.name();
        var image = evidence.inventory().image();
        return rule.registry().matches(name.registry())
                && rule.repository().matches(name.repository())
                && switch (rule.image()) {
                    case ImageReference.Tag(var pattern) -> pattern.matches(name.tag());
                    case ImageReference.ManifestDigest(var digest) ->
                        image.manifestDigest()
                                .map(Digest::toString)
                                .map(digest::equals)
                                .orElse(false);
                    case ImageReference.ImageId(var id) -> image.id().hex().equals(id);
                };
    }
}
