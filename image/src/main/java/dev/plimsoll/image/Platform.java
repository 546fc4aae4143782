package dev.plimsoll.image;

import java.util.Locale;
import java.util.Optional;

/// What an image runs on, `linux/arm64/v8`.
///
/// Source: OCI Image Specification, "Image Index", property `platform`.
///
/// @param variant empty where there is none
public record Platform(String os, String architecture, String variant) {

    /// Reads `os/architecture[/variant]`; empty where the text has another form. What kernels call an architecture is
    /// understood too: `linux/x86_64` is `linux/amd64`.
    ///
    /// Source: containerd, package platforms, "Normalization".
    public static Optional<Platform> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        var architecture = parts[1].toLowerCase(Locale.ROOT);
        return Optional.of(new Platform(
                parts[0].toLowerCase(Locale.ROOT),
                switch (architecture) {
                    case "x86_64", "x86-64" -> "amd64";
                    case "aarch64" -> "arm64";
                    case "i386", "i486", "i586", "i686" -> "386";
                    default -> architecture;
                },
                parts.length == 3 ? parts[2].toLowerCase(Locale.ROOT) : ""));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
