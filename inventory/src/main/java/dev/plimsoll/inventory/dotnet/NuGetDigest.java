package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.PackageProperty;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// The digest of a package as NuGet writes it.
final class NuGetDigest {

    private static final int SHA_512 = 64;

    private NuGetDigest() {}

    /// The property of it; none where the text is none.
    static Map<PackageProperty, String> ofBase64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            return bytes.length == SHA_512
                    ? Map.of(PackageProperty.DIGEST, "sha512:" + HexFormat.of().formatHex(bytes))
                    : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
