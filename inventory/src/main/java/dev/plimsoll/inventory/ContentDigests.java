package dev.plimsoll.inventory;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// MD5, SHA-1 and SHA-256 of one content, which are the digests that package databases keep. Immutable; 68 bytes and
/// no more, because there is one for every file of an image.
public final class ContentDigests {

    private static final int MD5 = 16;
    private static final int SHA1 = 20;
    private static final int SHA256 = 32;

    private final byte[] all = new byte[MD5 + SHA1 + SHA256];

    /// @param md5 16 bytes
    /// @param sha1 20 bytes
    /// @param sha256 32 bytes
    public ContentDigests(byte[] md5, byte[] sha1, byte[] sha256) {
        if (md5.length != MD5 || sha1.length != SHA1 || sha256.length != SHA256) {
            throw new IllegalArgumentException("no MD5, SHA-1 and SHA-256");
        }
        System.arraycopy(md5, 0, all, 0, MD5);
        System.arraycopy(sha1, 0, all, MD5, SHA1);
        System.arraycopy(sha256, 0, all, MD5 + SHA1, SHA256);
    }

    /// The digests of these bytes.
    public static ContentDigests of(byte[] content) {
        return new ContentDigests(
                begin("MD5").digest(content),
                begin("SHA-1").digest(content),
                begin("SHA-256").digest(content));
    }

    /// @param algorithm one that every JDK has
    public static MessageDigest begin(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /// Whether the algorithm is one of the three.
    public static boolean knows(String algorithm) {
        return switch (algorithm) {
            case "md5", "sha1", "sha256" -> true;
            default -> false;
        };
    }

    /// Whether the content has that digest.
    ///
    /// @param algorithm one that is known here
    /// @param digest in lower-case hexadecimal
    public boolean fits(String algorithm, String digest) {
        return hexadecimal(algorithm).equals(digest);
    }

    /// The digest in lower-case hexadecimal.
    ///
    /// @param algorithm one that is known here
    public String hexadecimal(String algorithm) {
        return switch (algorithm) {
            case "md5" -> HexFormat.of().formatHex(all, 0, MD5);
            case "sha1" -> HexFormat.of().formatHex(all, MD5, MD5 + SHA1);
            case "sha256" -> HexFormat.of().formatHex(all, MD5 + SHA1, all.length);
            default -> throw new IllegalArgumentException("no digest " + algorithm);
        };
    }
}
