package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A manifest that says something about another: a signature, an SBOM, an attestation.
///
/// Source: Distribution Specification 1.1, "Listing Referrers".
///
/// @param artifactType what it says, empty where nobody states it
/// @param size in bytes, -1 where it is not stated
/// @param annotations sorted
public record Referrer(
        Digest digest, String mediaType, String artifactType, long size, Map<String, String> annotations) {

    public Referrer {
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    /// Empty where the descriptor names no digest.
    static Optional<Referrer> read(JsonObject descriptor) {
        return descriptor.string("digest").flatMap(Digest::parse).map(digest -> {
            Map<String, String> annotations = new TreeMap<>();
            descriptor.object("annotations").members().forEach((key, value) -> {
                if (value instanceof JsonString(var text)) {
                    annotations.put(key, text);
                }
            });
            return new Referrer(
                    digest,
                    descriptor.string("mediaType").orElse(""),
                    descriptor.string("artifactType").orElse(""),
                    size(descriptor),
                    annotations);
        });
    }

    private static long size(JsonObject descriptor) {
        try {
            return Math.max(
                    -1,
                    descriptor.number("size").map(BigDecimal::longValueExact).orElse(-1L));
        } catch (ArithmeticException _) {
            return -1;
        }
    }
}
