package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.layer.BlobContent;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Reads the JSON documents of an image: whole, within their limit, with their digest verified.
///
/// @param container holds them
record Documents(Container container, ImageLimits limits) {

    /// In values of one document: the largest indexes and configurations have some ten thousand.
    static final int MAX_VALUES = 500_000;

    private static final JsonLimits LIMITS =
            JsonLimits.FOREIGN.withValues(MAX_VALUES).withoutDuplicates();

    /// @param digest of its bytes, computed
    record Document(String name, Digest digest, long size, String text, JsonValue value) {

        ImageDocument as(ImageDocument.Kind kind) {
            return new ImageDocument(kind, name, digest, text);
        }

        /// @throws ImageException when the document is something else
        JsonObject object() throws ImageException {
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new ImageException(Kind.UNREADABLE, name + ": is not a JSON object but " + value.typeName());
        }
    }

    /// Reads a document, empty where there is none of that name.
    Optional<Document> find(String name) throws IOException {
        var region = container.find(name);
        return region.isPresent() ? Optional.of(read(name, region.get(), "sha256")) : Optional.empty();
    }

    /// Reads a manifest or index that must be there and have that digest.
    Document manifest(Digest digest) throws IOException {
        var name = container.name(digest);
        return verified(name, container.manifest(digest).orElseThrow(() -> missing(name)), digest);
    }

    /// Reads a configuration that must be there and have that digest.
    Document configuration(Descriptor descriptor) throws IOException {
        var name = container.name(descriptor.digest());
        var content = container.blob(descriptor.digest(), descriptor.size()).orElseThrow(() -> missing(name));
        return verified(name, content, descriptor.digest());
    }

    private Document verified(String name, BlobContent content, Digest digest) throws IOException {
        var document = read(name, content, digest.algorithm());
        if (!document.digest().equals(digest)) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    document.name() + ": has digest " + document.digest() + " where " + digest + " is expected");
        }
        return document;
    }

    /// Reads a document that must be there.
    Document read(String name) throws IOException {
        return find(name).orElseThrow(() -> missing(name));
    }

    private ImageException missing(String name) {
        return new ImageException(Kind.UNREADABLE, container.where() + ": " + name + " is missing");
    }

    private Document read(String name, BlobContent content, String algorithm) throws IOException {
        var shown = container.where() + ": " + name;
        if (content.length() > limits.manifestBytes()) {
            throw tooLong(shown, content.length() + " bytes");
        }
        var bytes = bytes(shown, content);
        try {
            var value = JsonReader.read(bytes, LIMITS.withBytes(limits.manifestBytes()));
            var ambiguity = MemberNames.ambiguity(value);
            if (ambiguity.isPresent()) {
                throw new ImageException(Kind.UNREADABLE, shown + ": " + ambiguity.get());
            }
            return new Document(
                    shown, digest(bytes, algorithm), bytes.length, new String(bytes, StandardCharsets.UTF_8), value);
        } catch (JsonException e) {
            throw new ImageException(Kind.UNREADABLE, shown + ": " + e.getMessage(), e);
        }
    }

    private byte[] bytes(String shown, BlobContent content) throws IOException {
        try (var stream = content.open()) {
            var bytes = stream.readNBytes(limits.manifestBytes() + 1);
            if (bytes.length > limits.manifestBytes()) {
                throw tooLong(shown, "more bytes");
            }
            if (bytes.length < content.length()) {
                throw new ImageException(Kind.UNREADABLE, shown + ": ends early");
            }
            return bytes;
        }
    }

    private ImageException tooLong(String shown, String length) {
        return new ImageException(
                Kind.UNREADABLE,
                shown + ": has " + length + ", over the limit of " + limits.manifestBytes()
                        + " (--max-manifest-bytes)");
    }

    private static Digest digest(byte[] bytes, String algorithm) {
        try {
            var hash = MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
            return new Digest(algorithm, HexFormat.of().formatHex(hash.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
    }
}
