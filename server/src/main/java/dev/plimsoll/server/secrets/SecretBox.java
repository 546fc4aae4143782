package dev.plimsoll.server.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets with a key that lies outside the database. Safe for several threads.
///
/// Form: one byte 1, the nonce of 12 bytes, the sealed text with its tag.
/// Source: NIST SP 800-38D, "Galois/Counter Mode"; AES with 256 bits, 96-bit random nonces, 128-bit tags.
public final class SecretBox {

    /// In bytes.
    public static final int KEY_LENGTH = 32;

    private static final byte FORM = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /// @param key of {@link #KEY_LENGTH} bytes
    public SecretBox(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "the key must have " + KEY_LENGTH + " bytes, this one has " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /// @param purpose what the secret is of, `registry 7`: it opens for no other one
    public byte[] seal(String secret, String purpose) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(FORM)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// @throws SecretException where it was sealed with another key, for something else, or was changed
    public String open(byte[] sealed, String purpose) {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != FORM) {
            throw new SecretException("a secret in the database (" + purpose + ") is damaged: enter it anew");
        }
        var nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            var plain =
                    cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new SecretException(
                    "a secret in the database (" + purpose
                            + ") does not open with this service's key: give the service the"
                            + " key that it had, or enter the secret anew",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
