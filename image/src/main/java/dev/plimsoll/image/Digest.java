package dev.plimsoll.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A content digest, `sha256:…`.
///
/// Source: OCI Image Specification, "Descriptors", section "Digests".
///
/// @param algorithm `sha256` or `sha512`
/// @param hex lower-case hexadecimal digits, as many as the algorithm gives
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    public Digest {
        if (!isRight(algorithm, hex)) {
            throw new IllegalArgumentException("not a digest: " + algorithm + ":" + hex);
        }
    }

    private static boolean isRight(String algorithm, String hex) {
        var length = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> -1;
        };
        return hex.length() == length && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// Reads `algorithm:hex`; empty where the text has another form.
    public static Optional<Digest> parse(String text) {
        var colon = text.indexOf(':');
        return colon > 0 && isRight(text.substring(0, colon), text.substring(colon + 1))
                ? Optional.of(new Digest(text.substring(0, colon), text.substring(colon + 1)))
                : Optional.empty();
    }

    public static Digest sha256(String hex) {
        return new Digest("sha256", hex);
    }

    /// By hand, as {@link #hashCode}: what the JDK makes for a record it makes anew in each process, which every scan
    /// would wait for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && algorithm.equals(digest.algorithm) && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
