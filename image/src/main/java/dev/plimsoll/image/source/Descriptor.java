package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What points to a blob.
///
/// Source: OCI Image Specification, "Content Descriptors" and "Image Index"; Docker Image Manifest V2, Schema 2.
///
/// @param mediaType as it stands; empty where it is missing
/// @param size stated, in bytes
/// @param names under which an index keeps an image; mostly none or one
/// @param attestation whether it is no image but says something about one
record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        List<String> names,
        boolean attestation) {

    /// @param place names the descriptor in messages
    static Descriptor read(JsonObject object, String place) throws ImageException {
        var digest = object.string("digest").flatMap(Digest::parse);
        if (digest.isEmpty()) {
            throw new ImageException(Kind.UNREADABLE, place + ": /digest is not a sha256 or sha512 digest");
        }
        return new Descriptor(
                object.string("mediaType").orElse(""),
                digest.get(),
                size(object, place),
                platform(object),
                names(object.object("annotations")),
                isAttestation(object));
    }

    private static long size(JsonObject object, String place) throws ImageException {
        try {
            var size = object.number("size").map(BigDecimal::longValueExact).orElse(-1L);
            if (size >= 0) {
                return size;
            }
        } catch (ArithmeticException _) {
            // told below
        }
        throw new ImageException(Kind.UNREADABLE, place + ": /size is not a number of bytes");
    }

    private static Optional<Platform> platform(JsonObject object) {
        var platform = object.object("platform");
        return platform.string("os")
                .flatMap(os -> platform.string("architecture")
                        .map(architecture -> new Platform(
                                os, architecture, platform.string("variant").orElse(""))));
    }

    private static List<String> names(JsonObject annotations) {
        return Stream.of("org.opencontainers.image.ref.name", "io.containerd.image.name")
                .flatMap(key -> annotations.string(key).stream())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /// BuildKit keeps its attestations beside the images, as manifests for the platform "unknown/unknown".
    private static boolean isAttestation(JsonObject object) {
        return object.object("annotations").members().get("vnd.docker.reference.type") instanceof JsonString
                || platform(object).equals(Optional.of(new Platform("unknown", "unknown", "")));
    }

    boolean isIndex() {
        return mediaType.equals("application/vnd.oci.image.index.v1+json")
                || mediaType.equals("application/vnd.docker.distribution.manifest.list.v2+json");
    }

    boolean isManifest() {
        return mediaType.equals("application/vnd.oci.image.manifest.v1+json")
                || mediaType.equals("application/vnd.docker.distribution.manifest.v2+json");
    }

    /// Whether the index keeps it under that name: the whole of it, or its tag.
    boolean isNamed(String name) {
        return names.stream().anyMatch(own -> own.equals(name) || own.endsWith(":" + name));
    }
}
