package dev.plimsoll.policy.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The ids of results whose trigger gives none of its own.
///
/// Source: Anchore Engine 1.1, gates' base class: the MD5 of gate, trigger and message, without anything between them.
public final class AnchoreId {

    private AnchoreId() {}

    /// MD5 is what Anchore's ids are made of; nothing is protected by it.
    ///
    /// @param trigger by its older name
    /// @param message Anchore's, byte for byte
    public static String of(String gate, String trigger, String message) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest((gate + trigger + message).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
