package dev.plimsoll.image.system;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/// Names of files as the bytes that they are. A path made of a string goes through the locale's character set,
/// which has no bytes for some names and no characters for others; a path made of a URI keeps each byte.
public final class RawPaths {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RawPaths() {}

    /// One name, without slashes.
    ///
    /// @throws IllegalArgumentException when it holds a zero byte
    public static Path name(byte[] bytes) {
        var uri = new StringBuilder("file:///");
        for (var b : bytes) {
            var plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain) {
                uri.append((char) b);
            } else {
                HEX.toHexDigits(uri.append('%'), b);
            }
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }

    /// The bytes of a path, relative or not.
    public static byte[] bytes(Path path) {
        var text = path.toString();
        if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
            return text.getBytes(StandardCharsets.US_ASCII); // the same in every character set of a locale
        }
        // the URI of a relative path is that of the absolute one: a root of our own makes its length known
        var absolute = path.isAbsolute() ? path : Path.of("/").resolve(path);
        var uri = absolute.toUri().getRawPath();
        // behind the name of a folder it has a slash
        var raw = uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        var bytes = new ByteArrayOutputStream();
        var start = path.isAbsolute() ? 0 : 1;
        for (var i = start; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
