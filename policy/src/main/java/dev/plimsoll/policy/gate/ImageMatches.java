package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.base.KnownImage;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Outcome.Gap;
import java.util.ArrayList;
import java.util.List;

/// A rule's list of images, held against known ones: by digest, or by name.
sealed interface ImageMatches {

    static ImageMatches byDigest(List<String> digests) {
        return new ByDigest(digests);
    }

    /// @param names in which `*` stands for any text; `debian:12` means `docker.io/library/debian:12`
    static ImageMatches byName(List<NamePattern> names) {
        return new ByName(names);
    }

    List<String> entries();

    boolean match(KnownImage image);

    /// What a firing goes by.
    String shown(KnownImage image);

    /// That an entry fits no known image, so that nobody can say whether it lies beneath.
    List<Gap> unanswered(List<KnownImage> known);

    /// That images do not tell what the list asks for.
    List<Gap> unaskable(List<KnownImage> images);

    /// For a sentence.
    default String listed() {
        return entries().size() == 1
                ? "the allowed " + entries().getFirst()
                : "the " + entries().size() + " allowed ones";
    }

    /// For an instruction.
    default String choice() {
        return entries().size() == 1 ? entries().getFirst() : "one of " + String.join(", ", entries());
    }

    private static Gap untold(List<String> entries) {
        return Gap.unknown("the known images (--ancestors) do not tell the layers of " + String.join(", ", entries)
                + ", so nobody can say whether it is beneath");
    }

    /// By the digest of the manifest.
    record ByDigest(List<String> entries) implements ImageMatches {

        @Override
        public boolean match(KnownImage image) {
            return image.digest()
                    .filter(digest -> entries.contains(digest.toString()))
                    .isPresent();
        }

        @Override
        public String shown(KnownImage image) {
            return image.digest().map(Object::toString).orElse(image.name());
        }

        @Override
        public List<Gap> unanswered(List<KnownImage> known) {
            var missing = entries.stream()
                    .filter(entry -> known.stream().noneMatch(image -> new ByDigest(List.of(entry)).match(image)))
                    .toList();
            return missing.isEmpty() ? List.of() : List.of(ImageMatches.untold(missing));
        }

        @Override
        public List<Gap> unaskable(List<KnownImage> images) {
            return images.stream()
                    .filter(image -> image.digest().isEmpty())
                    .map(image -> Gap.unknown(
                            "the digest of " + image.name() + ", which it is built on, is not known (--ancestors)"))
                    .distinct()
                    .toList();
        }
    }

    /// By name.
    record ByName(List<NamePattern> patterns) implements ImageMatches {

        private static final String DOCKER_HUB = "docker.io/";
        private static final String OFFICIAL = "library/";

        @Override
        public List<String> entries() {
            return patterns.stream().map(NamePattern::toString).toList();
        }

        @Override
        public boolean match(KnownImage image) {
            var forms = forms(image.name());
            return patterns.stream().anyMatch(pattern -> fits(pattern, forms));
        }

        @Override
        public String shown(KnownImage image) {
            return full(image.name());
        }

        @Override
        public List<Gap> unanswered(List<KnownImage> known) {
            var forms = known.stream().map(image -> forms(image.name())).toList();
            var missing = patterns.stream()
                    .filter(pattern -> forms.stream().noneMatch(each -> fits(pattern, each)))
                    .map(NamePattern::toString)
                    .toList();
            return missing.isEmpty() ? List.of() : List.of(ImageMatches.untold(missing));
        }

        @Override
        public List<Gap> unaskable(List<KnownImage> images) {
            return List.of();
        }

        private static boolean fits(NamePattern pattern, List<String> forms) {
            return pattern.exactName()
                    .map(name -> full(name).equals(forms.getFirst()))
                    .orElseGet(() -> forms.stream().anyMatch(pattern::matches));
        }

        /// With registry, tag, and the folder of the official images.
        private static String full(String name) {
            var parsed = ImageName.parse(name);
            return parsed.registry().equals("docker.io") && parsed.repository().indexOf('/') < 0
                    ? DOCKER_HUB + OFFICIAL + parsed.toString().substring(DOCKER_HUB.length())
                    : parsed.toString();
        }

        /// The full name first, then what people shorten it to.
        private static List<String> forms(String name) {
            var forms = new ArrayList<String>();
            forms.add(full(name));
            if (forms.getFirst().startsWith(DOCKER_HUB)) {
                var path = forms.getFirst().substring(DOCKER_HUB.length());
                forms.add(path);
                if (path.startsWith(OFFICIAL)) {
                    forms.add(DOCKER_HUB + path.substring(OFFICIAL.length()));
                    forms.add(path.substring(OFFICIAL.length()));
                }
            }
            return forms;
        }
    }
}
