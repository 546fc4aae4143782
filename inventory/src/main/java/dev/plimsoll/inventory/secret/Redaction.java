package dev.plimsoll.inventory.secret;

import dev.plimsoll.inventory.secret.SecretRule.Confidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What is kept of a secret in its place.
final class Redaction {

    /// In front of every secret that is hashed. The same for all images, so that a secret has one digest
    /// wherever it lies: allowlists and comparisons need that. It keeps tables of common digests from matching;
    /// who has a result can still try guesses, so the digest of a weak password gives it away.
    private static final String SALT = "plimsoll secret 1\n";

    /// In characters that are shown at most: the prefixes of token formats have about that many.
    private static final int MOST_SHOWN = 4;

    /// One in so many characters is shown at most.
    private static final int SHARE = 8;

    private static final String HIDDEN = "…";

    private Redaction() {}

    /// The first characters of a token, which its form gives away anyway; of a password none.
    static String redacted(String secret, SecretRule rule) {
        var token = rule.confidence() == Confidence.HIGH && rule.check() != Check.PASSWORD && !rule.inside();
        int shown = token ? Math.min(MOST_SHOWN, secret.length() / SHARE) : 0;
        return secret.substring(0, shown) + HIDDEN;
    }

    /// Salted SHA-256 in lower-case hexadecimal.
    static String digest(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
