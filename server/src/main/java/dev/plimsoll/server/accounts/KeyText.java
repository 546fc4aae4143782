package dev.plimsoll.server.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/// An API key as its owner sees it, once: `plk_<prefix>_<secret>`. The prefix names the key and may be
/// shown; of the secret only the SHA-256 is kept, which suffices since it is random and not chosen by a
/// person.
///
/// @param prefix {@link #PREFIX_LENGTH} characters of `a-z0-9`
/// @param secret {@link #SECRET_LENGTH} characters of `A-Za-z0-9`: 256 bits
record KeyText(String prefix, String secret) {

    static final int PREFIX_LENGTH = 10;
    static final int SECRET_LENGTH = 43;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LOWER = 36;
    private static final Pattern FORM =
            Pattern.compile("plk_([a-z0-9]{" + PREFIX_LENGTH + "})_([A-Za-z0-9]{" + SECRET_LENGTH + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random() {
        return new KeyText(random(PREFIX_LENGTH, LOWER), random(SECRET_LENGTH, DIGITS.length()));
    }

    private static String random(int length, int digits) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(DIGITS.charAt(RANDOM.nextInt(digits)));
        }
        return text.toString();
    }

    /// Empty where the text is no key of ours.
    static Optional<KeyText> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /// The whole key.
    String reveal() {
        return "plk_" + prefix + "_" + secret;
    }

    byte[] secretHash() {
        return sha256(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the hash is of this secret, in a time that does not tell how much of it is.
    boolean isOf(byte[] hash) {
        return MessageDigest.isEqual(secretHash(), hash);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "plk_" + prefix + "_…";
    }
}
