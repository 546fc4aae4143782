package dev.plimsoll.server.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that requests are signed with, one for each endpoint. Immutable.
///
/// Source: Standard Webhooks 1.0.0, "Signature scheme": `whsec_` and the key in base64, 24 to 64 bytes;
/// `v1` is HMAC-SHA256 of `id.timestamp.body`.
final class SigningSecret {

    static final String PREFIX = "whsec_";

    /// In bytes: of keys that are made here, and those that are taken.
    private static final int LENGTH = 32;

    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    /// @throws IllegalArgumentException where it is none; the message does not tell it
    static SigningSecret of(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                var key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
                if (key.length >= SHORTEST && key.length <= LONGEST) {
                    return new SigningSecret(key);
                }
            }
        } catch (IllegalArgumentException _) {
            // told below, without the text
        }
        throw new IllegalArgumentException("must be " + PREFIX + " and a key of " + SHORTEST + " to " + LONGEST
                + " bytes in base64; leave it out to have one made");
    }

    /// A new one, as a text.
    static String make() {
        var key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /// One signature with its version, `v1,…`.
    ///
    /// @param timestamp seconds since 1970
    /// @param body as it is sent, byte for byte
    String sign(String id, long timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
