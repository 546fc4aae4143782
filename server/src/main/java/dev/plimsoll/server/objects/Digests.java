package dev.plimsoll.server.objects;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names of objects.
final class Digests {

    static final String PREFIX = "sha256:";

    private Digests() {}

    /// @throws IllegalArgumentException where it names no object
    static String hex(String digest) {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + digest + "' is no digest of an object");
        }
        return digest.substring(PREFIX.length());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
