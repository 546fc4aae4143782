package dev.plimsoll.report.sbom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// Identifiers that follow from content.
final class Identifiers {

    /// The namespace of Plimsoll's documents: version 5 of `https://plimsoll.dev/sbom` in the namespace of addresses.
    private static final UUID NAMESPACE =
            named(UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://plimsoll.dev/sbom");

    private Identifiers() {}

    /// Sixteen hexadecimal digits.
    static String digits(String text) {
        return HexFormat.of().formatHex(digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    /// The identifier of a document with that content.
    static UUID named(String content) {
        return named(NAMESPACE, content);
    }

    /// Source: RFC 9562, section 5.5, "UUID version 5".
    private static UUID named(UUID namespace, String name) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(16 + text.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(text)
                .array();
        var digest = ByteBuffer.wrap(digest("SHA-1", bytes));
        var most = (digest.getLong() & ~0xf000L) | 0x5000L;
        var least = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
