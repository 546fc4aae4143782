package dev.plimsoll.policy.waiver;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.pattern.NamePattern;
import java.util.Locale;
import java.util.Optional;

/// Which images a waiver means: `registry/repository:tag` with `*` for any run of characters, `sha256:…` of the
/// manifest
/// or the configuration, or both, `name@sha256:…`. Without a tag it means every tag.
///
/// A name whose first part is no registry (no dot, colon or `*` in it, and not `localhost`) is one of `docker.io`, as
/// for
/// mappings.
public final class ImagePattern {

    private final String text;
    private final Optional<NamePattern> name;
    private final boolean tagged;
    private final Optional<Digest> digest;

    private ImagePattern(String text, Optional<NamePattern> name, boolean tagged, Optional<Digest> digest) {
        this.text = text;
        this.name = name;
        this.tagged = tagged;
        this.digest = digest;
    }

    /// Empty where the text is none.
    public static Optional<ImagePattern> parse(String text) {
        int at = text.lastIndexOf('@');
        var digestText = at >= 0 ? text.substring(at + 1) : text.startsWith("sha256:") ? text : "";
        var nameText = at >= 0 ? text.substring(0, at) : digestText.isEmpty() ? text : "";
        var digest = Digest.parse(digestText);
        if (digest.isEmpty() != digestText.isEmpty() || (nameText.isBlank() && digest.isEmpty())) {
            return Optional.empty();
        }
        if (nameText.isEmpty()) {
            return Optional.of(new ImagePattern(text, Optional.empty(), false, digest));
        }
        boolean tagged = nameText.lastIndexOf(':') > nameText.lastIndexOf('/') || nameText.equals("*");
        return Wildcards.compile(withRegistry(nameText))
                .map(pattern -> new ImagePattern(text, Optional.of(pattern), tagged, digest));
    }

    private static String withRegistry(String name) {
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash).toLowerCase(Locale.ROOT);
        boolean registry = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.indexOf('*') >= 0
                || first.startsWith("localhost")
                || first.equals("localbuild");
        return registry || name.equals("*") ? name : "docker.io/" + name;
    }

    boolean matches(ImageName image, ImageFacts facts) {
        return name.map(pattern -> pattern.matches(tagged ? image.toString() : withoutTag(image)))
                        .orElse(true)
                && digest.map(wanted -> isOf(facts, wanted)).orElse(true);
    }

    private static String withoutTag(ImageName image) {
        return image.equals(ImageName.ANY) ? "*" : image.registry() + "/" + image.repository();
    }

    /// A repository may know the image by the digest of the index that it came by, too.
    private static boolean isOf(ImageFacts facts, Digest wanted) {
        return facts.manifestDigest().equals(Optional.of(wanted))
                || facts.id().equals(Optional.of(wanted))
                || facts.repoDigests().stream().anyMatch(known -> known.endsWith("@" + wanted));
    }

    /// `registry/repository`, with `:tag` where it has one, as it is compared; empty for a digest alone.
    public Optional<String> name() {
        return name.map(NamePattern::toString);
    }

    public Optional<Digest> digest() {
        return digest;
    }

    /// Whether it fits every image.
    boolean fitsAll() {
        return digest.isEmpty()
                && name.map(pattern -> pattern.toString().chars().allMatch(c -> "*/:".indexOf(c) >= 0))
                        .orElse(false);
    }

    /// As the user wrote it.
    @Override
    public String toString() {
        return text;
    }
}
