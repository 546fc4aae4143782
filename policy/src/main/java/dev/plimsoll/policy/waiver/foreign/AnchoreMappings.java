package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// For which images an allowlist of a bundle counts, in a waiver's patterns: of several mappings the first that fits an
/// image counts, which patterns alone cannot say where one that does not use the list stands before one that does.
final class AnchoreMappings {

    private static final String REGEXP = "regexp:";

    private AnchoreMappings() {}

    sealed interface Outcome {}

    record All() implements Outcome {}

    record Some(List<String> images) implements Outcome {}

    record Unsaid(String why) implements Outcome {}

    static Outcome imagesOf(List<Mapping> mappings, String listId) {
        var images = new ArrayList<String>();
        var others = Optional.<String>empty();
        for (var mapping : mappings) {
            if (!mapping.allowlistIds().contains(listId)) {
                others = others.or(() -> Optional.of(mapping.images().id()));
                continue;
            }
            if (others.isPresent()) {
                return new Unsaid("the mapping " + Drafts.quoted(others.get())
                        + " does not use it and comes before one that does");
            }
            if (fitsAll(mapping.images())) {
                return new All();
            }
            var image = image(mapping.images());
            if (image.isEmpty()) {
                return new Unsaid("the mapping "
                        + Drafts.quoted(mapping.images().id()) + " names images in a way that a waiver cannot");
            }
            images.add(image.get());
        }
        return images.isEmpty() ? new Unsaid("no mapping uses it") : new Some(images);
    }

    private static boolean fitsAll(ImageRule rule) {
        return rule.registry().toString().equals("*")
                && rule.repository().toString().equals("*")
                && rule.image() instanceof ImageReference.Tag(var tag)
                && tag.toString().equals("*");
    }

    /// Only behind a registry without wildcards does each part stay what it is, and only one that looks like a host is
    /// taken for a registry.
    private static Optional<String> image(ImageRule rule) {
        var registry = rule.registry().exactName().orElse("");
        boolean host = registry.indexOf('.') >= 0 || registry.indexOf(':') >= 0 || registry.startsWith("localhost");
        boolean expression = rule.repository().toString().strip().startsWith(REGEXP)
                || (rule.image() instanceof ImageReference.Tag(var pattern)
                        && pattern.toString().strip().startsWith(REGEXP));
        if (!host || expression) {
            return Optional.empty();
        }
        var name = rule.registry() + "/" + rule.repository();
        return switch (rule.image()) {
            case ImageReference.Tag(var tag) -> Optional.of(name + ":" + tag);
            case ImageReference.ManifestDigest(var digest) -> Optional.of(name + "@" + digest);
            case ImageReference.ImageId(var id) -> Optional.of(name + "@sha256:" + id);
        };
    }
}
