package dev.plimsoll.server.objects;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of objects.
final class Digests {

    static final String PREFIX = "sha256:";

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})\\.zst");

    private Digests() {}

    /// @throws IllegalArgumentException where it names no object
    static String hex(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("'" + digest + "' is no digest of an object");
        }
        return digest.substring(PREFIX.length());
    }

    /// Where an object lies within a store: `sha256/ab/ab12….zst`.
    ///
    /// @throws IllegalArgumentException where it names no object
    static String place(String digest) {
        var hex = hex(digest);
        return "sha256/" + hex.substring(0, 2) + "/" + hex + ".zst";
    }

    /// The digest of the object that lies in a file of that name; empty where none does.
    static Optional<String> ofFile(String name) {
        var file = FILE.matcher(name);
        return file.matches() ? Optional.of(PREFIX + file.group(1)) : Optional.empty();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
