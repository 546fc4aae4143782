package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the one manifest that is meant among those of a layout or an index: by name or digest first, then by platform.
final class ManifestFinder {

    private final Documents documents;
    private final OpenOptions options;
    private final Set<Digest> seen = new HashSet<>();

    ManifestFinder(Documents documents, OpenOptions options) {
        this.documents = documents;
        this.options = options;
    }

    /// @param tag a name, or a digest behind an `@`; empty for the only one
    /// @throws ImageException when nothing fits, or more than one
    Candidate find(Optional<String> tag) throws IOException {
        var index = documents.read("index.json");
        var top = descriptors(index);
        return among(tag.isPresent() ? named(top, tag.get()) : top, tag.isPresent());
    }

    /// Finds the one that is meant among those that were chosen.
    ///
    /// @param named whether they were chosen by a name, so that their names do not tell them apart
    /// @throws ImageException when nothing fits, or more than one
    Candidate among(List<Descriptor> chosen, boolean named) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (var descriptor : chosen) {
            expand(descriptor, descriptor, 1, candidates);
        }
        if (candidates.isEmpty()) {
            throw notFound("holds no image");
        }
        if (!named) {
            refuseSeveralNames(candidates);
        }
        return forPlatform(candidates);
    }

    private List<Descriptor> named(List<Descriptor> top, String tag) throws IOException {
        List<Descriptor> named = new ArrayList<>();
        if (tag.startsWith("@")) {
            var digest = Digest.parse(tag.substring(1))
                    .orElseThrow(() -> notFound("\"" + tag + "\" is not a sha256 or sha512 digest"));
            List<Candidate> all = new ArrayList<>();
            for (var descriptor : top) {
                named.addAll(descriptor.digest().equals(digest) ? List.of(descriptor) : List.of());
                expand(descriptor, descriptor, 1, all);
            }
            seen.clear();
            if (named.isEmpty()) {
                all.stream()
                        .map(Candidate::manifest)
                        .filter(manifest -> manifest.digest().equals(digest))
                        .forEach(named::add);
            }
        } else {
            top.stream().filter(descriptor -> descriptor.isNamed(tag)).forEach(named::add);
        }
        if (named.isEmpty()) {
            throw notFound("holds no \"" + tag + "\"; there are: " + list(top));
        }
        return named;
    }

    private List<Descriptor> descriptors(Documents.Document index) throws ImageException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (var object : index.object().objects("manifests")) {
            if (descriptors.size() == options.limits().work().manifests()) {
                throw tooMany();
            }
            descriptors.add(Descriptor.read(object, index.name() + "#/manifests/" + descriptors.size()));
        }
        return descriptors;
    }

    /// Collects the manifests that a descriptor leads to, through any number of indexes; each once.
    private void expand(Descriptor top, Descriptor descriptor, int depth, List<Candidate> into) throws IOException {
        if (descriptor.attestation() || !seen.add(descriptor.digest())) {
            return;
        }
        var document = isSurelyManifest(descriptor) ? null : document(descriptor);
        if (document == null || !document.object().members().containsKey("manifests")) {
            into.add(new Candidate(top, descriptor));
            if (into.size() > options.limits().work().manifests()) {
                throw tooMany();
            }
            return;
        }
        if (depth > options.limits().indexDepth()) {
            throw unreadable("indexes lie in indexes, deeper than the limit of "
                    + options.limits().indexDepth() + " (--max-index-depth)");
        }
        for (var inner : descriptors(document)) {
            expand(top, inner, depth + 1, into);
        }
    }

    /// Media types may be wrong: what a document is, its members tell. Left unread are only the manifests of a list of
    /// platforms, of which most are not here.
    private boolean isSurelyManifest(Descriptor descriptor) throws IOException {
        return descriptor.isManifest()
                && (descriptor.platform().isPresent()
                        || documents.container().manifest(descriptor.digest()).isEmpty());
    }

    private Documents.Document document(Descriptor descriptor) throws IOException {
        return documents.manifest(descriptor.digest());
    }

    /// Several entries of one name, or of none, for different platforms are one image; several names are several
    /// images.
    private void refuseSeveralNames(List<Candidate> candidates) throws ImageException {
        Set<List<String>> names = new HashSet<>();
        Set<Digest> tops = new HashSet<>();
        var platforms = new TreeSet<String>();
        for (var candidate : candidates) {
            names.add(candidate.top().names());
            tops.add(candidate.top().digest());
            candidate.manifest().platform().ifPresent(platform -> platforms.add(platform.toString()));
        }
        var onePlatformEach = platforms.size() == candidates.size();
        if (tops.size() > 1 && (names.size() > 1 || !onePlatformEach)) {
            throw notFound("holds several images; name one of: "
                    + list(candidates.stream().map(Candidate::top).distinct().toList()));
        }
    }

    private Candidate forPlatform(List<Candidate> candidates) throws IOException {
        if (options.platform().isEmpty() && candidates.size() == 1) {
            return candidates.getFirst();
        }
        var wanted = options.platform().orElse(options.host());
        List<Candidate> fitting = new ArrayList<>();
        for (var candidate : candidates) {
            var platform = platformOf(candidate.manifest());
            if (platform.isPresent() && fits(wanted, platform.get())) {
                fitting.add(candidate);
            }
        }
        // an exact variant goes before the usual one, and that before any other
        var exact = fitting.stream()
                .filter(candidate -> candidate.manifest().platform().equals(Optional.of(wanted)))
                .toList();
        var usual = fitting.stream()
                .filter(candidate -> candidate
                        .manifest()
                        .platform()
                        .filter(there -> variant(there).equals(variant(wanted)))
                        .isPresent())
                .toList();
        var best = !exact.isEmpty() ? exact : !usual.isEmpty() ? usual : fitting;
        if (best.size() == 1) {
            return best.getFirst();
        }
        throw notFound((best.isEmpty() ? "holds no image for " + wanted : "holds several images for " + wanted)
                + "; there are: "
                + platforms(candidates.stream().map(Candidate::manifest).toList())
                + (options.platform().isEmpty() ? " (--platform)" : ""));
    }

    /// The platform that an index states, else the one of the configuration.
    private Optional<Platform> platformOf(Descriptor manifest) throws IOException {
        if (manifest.platform().isPresent()
                || documents.container().manifest(manifest.digest()).isEmpty()) {
            return manifest.platform();
        }
        var configuration = Layouts.configuration(documents, document(manifest));
        return Optional.of(new Platform(configuration.os(), configuration.architecture(), configuration.variant()));
    }

    /// Whether an image for a platform is what was asked for; a variant that nobody named is the usual one.
    static boolean fits(Platform wanted, Platform there) {
        return wanted.os().equals(there.os())
                && wanted.architecture().equals(there.architecture())
                && (wanted.variant().isEmpty() || variant(wanted).equals(variant(there)));
    }

    /// Source: containerd, package platforms, "Normalization".
    private static String variant(Platform platform) {
        if (!platform.variant().isEmpty()) {
            return platform.variant();
        }
        return switch (platform.architecture()) {
            case "arm64" -> "v8";
            case "arm" -> "v7";
            case "amd64" -> "v1";
            default -> "";
        };
    }

    private String platforms(List<Descriptor> manifests) throws IOException {
        var texts = new TreeSet<String>();
        for (var manifest : manifests) {
            texts.add(platformOf(manifest).map(Platform::toString).orElse("unknown platform") + " (@"
                    + manifest.digest() + ")");
        }
        return Layouts.join(texts);
    }

    private static String list(List<Descriptor> descriptors) {
        var texts = new TreeSet<String>();
        for (var descriptor : descriptors) {
            if (!descriptor.attestation()) {
                texts.add(
                        descriptor.names().isEmpty()
                                ? "@" + descriptor.digest()
                                : descriptor.names().getFirst());
            }
        }
        return Layouts.join(texts);
    }

    private ImageException notFound(String reason) {
        return new ImageException(Kind.NOT_FOUND, documents.container().where() + ": " + reason);
    }

    private ImageException tooMany() {
        return unreadable("its indexes list more manifests than the limit of "
                + options.limits().work().manifests() + " (--max-manifests)");
    }

    private ImageException unreadable(String reason) {
        return new ImageException(Kind.UNREADABLE, documents.container().where() + ": " + reason);
    }

    /// @param top the entry of the layout's own index, or the registry's answer, that leads to it
    record Candidate(Descriptor top, Descriptor manifest) {}
}
