package dev.plimsoll.policy.bundle;

import dev.plimsoll.image.Digest;
import dev.plimsoll.policy.bundle.Bundle.ImageReference;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Names;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads which images a mapping or an image list means.
final class ImageRuleReader {

    static final Set<String> MEMBERS = RuleReader.with(Format.REMARKS, "id", "name", "registry", "repository", "image");

    private final Format format;
    private final boolean allowBacktracking;

    ImageRuleReader(Format format, boolean allowBacktracking) {
        this.format = format;
        this.allowBacktracking = allowBacktracking;
    }

    Optional<ImageRule> read(Place place) {
        var id = format.idsRequired() ? place.required("id") : place.optional("id");
        var name = place.optional("name");
        var registry = place.required("registry").flatMap(text -> pattern(place, "registry", text));
        var repository = place.required("repository").flatMap(text -> pattern(place, "repository", text));
        var image = place.object("image").flatMap(this::image);
        if (registry.isEmpty() || repository.isEmpty() || image.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ImageRule(
                id.or(() -> name).orElse(place.pointer().substring(1)),
                name.orElse(""),
                registry.get(),
                repository.get(),
                image.get()));
    }

    private Optional<ImageReference> image(Place place) {
        place.knows(Set.of("type", "value"));
        var type = place.required("type");
        var value = place.required("value");
        if (type.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        return switch (type.get().toLowerCase(Locale.ROOT)) {
            case "tag" -> pattern(place, "value", value.get()).map(ImageReference.Tag::new);
            case "digest" -> {
                if (Digest.parse(value.get()).isEmpty()) {
                    place.error(
                            "value", "must be a manifest's digest, sha256: and 64 hexadecimal digits in lower case");
                    yield Optional.empty();
                }
                yield Optional.of(new ImageReference.ManifestDigest(value.get()));
            }
            case "id" -> {
                var hex = value.get().startsWith("sha256:") ? value.get().substring(7) : value.get();
                if (Digest.parse("sha256:" + hex).isEmpty()) {
                    place.error("value", "must be an image's id, 64 hexadecimal digits in lower case");
                    yield Optional.empty();
                }
                yield Optional.of(new ImageReference.ImageId(hex));
            }
            default -> {
                place.error(
                        "type",
                        "unknown type '" + Names.shortened(type.get()) + "': "
                                + Names.advice(type.get(), List.of("tag", "digest", "id")));
                yield Optional.empty();
            }
        };
    }

    private Optional<NamePattern> pattern(Place place, String member, String text) {
        return switch (NamePattern.compile(text, allowBacktracking)) {
            case NamePattern.Usable(var pattern) -> Optional.of(pattern);
            case NamePattern.Refused(var reason) -> {
                place.error(member, reason);
                yield Optional.empty();
            }
        };
    }
}
