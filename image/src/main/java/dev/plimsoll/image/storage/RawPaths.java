package dev.plimsoll.image.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;

/// Names of files as the bytes that they are. A path made of a string goes through the locale's character set, which
/// has no bytes for some names and no characters for others; a path made of a URI keeps each byte.
final class RawPaths {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RawPaths() {}

    /// One name, without slashes.
    ///
    /// @throws IllegalArgumentException when it holds a zero byte
    static Path name(byte[] bytes) {
        var uri = new StringBuilder("file:///");
        for (var b : bytes) {
            var plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (plain) {
                uri.append((char) b);
            } else {
                HEX.toHexDigits(uri.append('%'), b);
            }
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }
}
