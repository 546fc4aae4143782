package dev.plimsoll.inventory.npm;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The digest of a package's archive as lock files have it.
///
/// Source: W3C, "Subresource Integrity", section 3.3: `algorithm-base64`, several apart by blanks.
final class Integrity {

    private static final List<String> STRONGEST_FIRST = List.of("sha512", "sha384", "sha256", "sha1");

    private Integrity() {}

    /// The strongest as `algorithm:hexadecimal`, empty where there is none that can be read.
    static String digest(String integrity) {
        for (var algorithm : STRONGEST_FIRST) {
            for (var part : integrity.strip().split("\\s+", -1)) {
                if (part.startsWith(algorithm + "-")) {
                    try {
                        var end = part.indexOf('?');
                        var value = part.substring(algorithm.length() + 1, end < 0 ? part.length() : end);
                        return algorithm + ":"
                                + HexFormat.of().formatHex(Base64.getDecoder().decode(value));
                    } catch (IllegalArgumentException e) {
                        return "";
                    }
                }
            }
        }
        return "";
    }
}
