package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an image in a registry, in full: `docker.io/library/debian:12`.
///
/// A name without a registry is one of docker.io, as Docker reads it; the short-name aliases and
/// `unqualified-search-registries` of containers-registries.conf(5) are not asked: which image a short name means must
/// not depend on the machine.
///
/// Source: github.com/distribution/reference, the grammar in its package comment and the rule that tells a host from
/// the beginning of a path; Distribution Specification 1.1, "Pulling manifests".
///
/// @param registry host and port as the user writes them; Docker Hub is `docker.io`
/// @param repository path within the registry
/// @param tag empty where only a digest is given
/// @param digest where both are given, it decides
public record Reference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    /// Docker Hub's name in references.
    public static final String DOCKER_HUB = "docker.io";

    /// In characters, of a whole reference: the longest parts that the grammar allows, together.
    static final int MAX_LENGTH = 1024;
    /// In characters, of a repository.
    static final int MAX_REPOSITORY = 255;

    private static final String LATEST = "latest";
    private static final String LABEL = "[a-zA-Z0-9][a-zA-Z0-9-]*+(?<=[a-zA-Z0-9])";
    private static final Pattern HOST =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?");
    private static final Pattern PATH_PART = Pattern.compile("[a-z0-9]++(?:(?:\\.|__?|-+)[a-z0-9]++)*+");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    /// Reads a reference as users write it. What names neither tag nor digest means the tag `latest`.
    ///
    /// @throws ImageException when the text is no reference; says what is wrong with it
    public static Reference parse(String text) throws ImageException {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw invalid(text, text.isEmpty() ? "it is empty" : "it is longer than " + MAX_LENGTH + " characters");
        }
        var at = text.indexOf('@');
        Optional<Digest> digest = Optional.empty();
        if (at >= 0) {
            digest = Digest.parse(text.substring(at + 1));
            if (digest.isEmpty()) {
                throw invalid(text, "behind the @ stands no sha256 or sha512 digest");
            }
        }
        var named = at >= 0 ? text.substring(0, at) : text;
        var colon = named.lastIndexOf(':');
        Optional<String> tag = Optional.empty();
        if (colon > named.lastIndexOf('/') && colon >= 0) {
            tag = Optional.of(named.substring(colon + 1));
            named = named.substring(0, colon);
            if (!TAG.matcher(tag.get()).matches()) {
                throw invalid(text, "'" + tag.get() + "' is no tag");
            }
        }
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of(LATEST);
        }
        return ofName(text, named, tag, digest);
    }

    private static Reference ofName(String text, String name, Optional<String> tag, Optional<Digest> digest)
            throws ImageException {
        var slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        var registry = isHost(first) ? first : DOCKER_HUB;
        var repository = isHost(first) ? name.substring(slash + 1) : name;
        if (registry.equals("index.docker.io")) {
            registry = DOCKER_HUB;
        }
        if (slash < 0 && ID.matcher(name).matches()) {
            throw invalid(text, "it is an image's id; registries know names and digests, name@sha256:…");
        }
        if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        checkRegistry(text, registry);
        checkRepository(text, repository);
        return new Reference(registry, repository, tag, digest);
    }

    /// What stands before the first slash is a host where it could be no path, or is `localhost`.
    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }

    /// Reads the name of a registry alone, `registry.example:5000`.
    ///
    /// @throws ImageException when the text is none
    public static String parseRegistry(String text) throws ImageException {
        checkRegistry(text, text);
        return text.equals("index.docker.io") ? DOCKER_HUB : text;
    }

    private static void checkRegistry(String text, String registry) throws ImageException {
        if (registry.length() > MAX_REPOSITORY || !HOST.matcher(registry).matches() || !isAddress(registry)) {
            throw invalid(text, "'" + registry + "' is no host");
        }
        var colon = registry.lastIndexOf(':');
        if (colon > registry.lastIndexOf(']') && colon >= 0) {
            var port = Integer.parseInt(registry, colon + 1, registry.length(), 10);
            if (port < 1 || port > 65535) {
                throw invalid(text, port + " is no port");
            }
        }
    }

    /// The grammar allows hosts to which no address can be written: `1.a`, `[1:2]`.
    private static boolean isAddress(String registry) {
        try {
            return new URI("https://" + registry).getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static void checkRepository(String text, String repository) throws ImageException {
        if (repository.length() > MAX_REPOSITORY) {
            throw invalid(text, "its path is longer than " + MAX_REPOSITORY + " characters");
        }
        for (var part : repository.split("/", -1)) {
            if (!PATH_PART.matcher(part).matches()) {
                throw invalid(
                        text,
                        part.equals(part.toLowerCase(Locale.ROOT))
                                ? "'" + part + "' is no part of a repository's name"
                                : "'" + part + "' has upper-case letters, which a repository's name cannot have");
            }
        }
    }

    /// Registry and repository, without tag and digest.
    public String name() {
        return registry + "/" + repository;
    }

    /// The name by which people know the image: with its tag where it has one, else with its digest.
    public String taggedOrDigested() {
        return name() + tag.map(own -> ":" + own).orElseGet(() -> "@" + digest.orElseThrow());
    }

    /// What the API is asked for: the digest where there is one, else the tag.
    String manifest() {
        return digest.map(Digest::toString).orElseGet(tag::orElseThrow);
    }

    /// The same repository with a digest alone.
    Reference at(Digest other) {
        return new Reference(registry, repository, Optional.empty(), Optional.of(other));
    }

    private static ImageException invalid(String text, String reason) {
        return new ImageException(Kind.NOT_FOUND, text + ": is no image reference: " + reason);
    }

    /// As a user writes it in full.
    @Override
    public String toString() {
        return name()
                + tag.map(own -> ":" + own).orElse("")
                + digest.map(own -> "@" + own).orElse("");
    }
}
