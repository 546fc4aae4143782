package dev.plimsoll.policy.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids as Anchore makes them of what a rule found. MD5 is what they are made of; nothing is protected by it.
public final class AnchoreId {

    private AnchoreId() {}

    /// Where a trigger gives none of its own.
    ///
    /// @param trigger by its older name
    /// @param frozenMessage Anchore's, byte for byte
    public static String of(String gate, String trigger, String frozenMessage) {
        return md5(gate + trigger + frozenMessage);
    }

    /// In lower-case hexadecimal, of the text in UTF-8.
    public static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
