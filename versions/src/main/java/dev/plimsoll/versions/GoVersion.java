package dev.plimsoll.versions;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How Go reads versions of modules and of its own toolchain.
///
/// Modules: semantic versions with a `v` before them, which the Go vulnerability database leaves out;
/// pseudo-versions are ordered by the same rules; `v1` and `v1.2` are short for `v1.0.0` and `v1.2.0`. Source: Go
/// Modules Reference, section "Versions".
///
/// Toolchain: `go1.22.1`, `1.21rc2`, `go1.9beta1`, with what a builder added after `-` or `+` (`+boringcrypto`).
/// The database writes these as semantic versions: a release candidate is `1.21.0-rc.2`, and `1.21.0-0` stands
/// before all of 1.21. Source: Go Toolchains, section "Go versions".
final class GoVersion {

    private static final Pattern TOOLCHAIN = Pattern.compile(
            "(?:go)?([0-9]++)(?:\\.([0-9]++))?(?:\\.([0-9]++))?(?:(alpha|beta|rc)([0-9]++))?([-+].*+)?");

    /// Go's numbers have no limit but that of the text.
    private static final String LARGEST_NUMBER = "9".repeat(ParsedScheme.MAX_LENGTH);

    private GoVersion() {}

    static Optional<SemanticVersion> parse(String text) {
        var withoutMark = text.startsWith("v") ? text.substring(1) : text;
        var module = SemanticVersion.parse(SemanticVersion.completed(withoutMark), LARGEST_NUMBER);
        if (module.isPresent()) {
            return module;
        }
        var toolchain = TOOLCHAIN.matcher(text);
        if (!toolchain.matches()) {
            return Optional.empty();
        }
        var prerelease = toolchain.group(4) == null ? "" : "-" + toolchain.group(4) + "." + toolchain.group(5);
        return SemanticVersion.parse(
                toolchain.group(1) + "." + orZero(toolchain.group(2)) + "." + orZero(toolchain.group(3)) + prerelease,
                LARGEST_NUMBER);
    }

    private static String orZero(@Nullable String number) {
        return number == null ? "0" : number;
    }
}
