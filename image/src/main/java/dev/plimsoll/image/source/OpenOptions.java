package dev.plimsoll.image.source;

import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import java.util.Locale;
import java.util.Optional;

/// How an image is found and opened.
///
/// @param platform the one that is asked for; empty to take the host's, or the only one there is
/// @param host what this machine runs
public record OpenOptions(Optional<Platform> platform, Platform host, ImageLimits limits) {

    /// For the machine that the program runs on.
    public static OpenOptions of(Optional<Platform> platform, ImageLimits limits) {
        return new OpenOptions(platform, host(System.getProperty("os.arch", "")), limits);
    }

    public static OpenOptions defaults() {
        return of(Optional.empty(), ImageLimits.DEFAULTS);
    }

    /// Containers run Linux, on other systems in a virtual machine of the same processor.
    static Platform host(String javaArchitecture) {
        var architecture = javaArchitecture.toLowerCase(Locale.ROOT);
        return new Platform(
                "linux",
                switch (architecture) {
                    case "x86_64", "x86-64" -> "amd64";
                    case "aarch64" -> "arm64";
                    case "i386", "i686", "x86" -> "386";
                    default -> architecture;
                },
                "");
    }
}
