package dev.plimsoll.image;

import java.util.Optional;

/// What an image runs on, `linux/arm64/v8`.
///
/// Source: OCI Image Specification, "Image Index", property `platform`.
///
/// @param variant empty where there is none
public record Platform(String os, String architecture, String variant) {

    /// Reads `os/architecture[/variant]`; empty where the text has another form.
    public static Optional<Platform> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : ""));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
