package dev.plimsoll.policy.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id that Anchore gives a result whose trigger names none, and that imported allowlists hold.
///
/// Source: Anchore Engine 1.1: the MD5 of gate, trigger and message, one behind the other, in hexadecimal digits.
public final class FrozenId {

    private FrozenId() {}

    /// @param gate lower case
    /// @param trigger by its older name, whatever the bundle's format
    /// @param message Anchore's, byte for byte
    public static String of(String gate, Trigger trigger, String message) {
        return of(gate, trigger.olderName(), message);
    }

    /// The same, for a trigger by its name in format 1_0.
    public static String of(String gate, String trigger, String message) {
        return md5(gate + trigger + message);
    }

    /// MD5 is what Anchore's ids are made of; nothing is protected by it.
    public static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
