package dev.plimsoll.image;

import java.util.Optional;
import java.util.regex.Pattern;

/// A content digest, `sha256:…`.
///
/// Source: OCI Image Specification, "Descriptors", section "Digests".
///
/// @param algorithm `sha256` or `sha512`
/// @param hex lower-case hexadecimal digits, as many as the algorithm gives
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    private static final Pattern FORM = Pattern.compile("(sha256:[0-9a-f]{64})|(sha512:[0-9a-f]{128})");

    public Digest {
        if (!FORM.matcher(algorithm + ":" + hex).matches()) {
            throw new IllegalArgumentException("not a digest: " + algorithm + ":" + hex);
        }
    }

    /// Reads `algorithm:hex`; empty where the text has another form.
    public static Optional<Digest> parse(String text) {
        var colon = text.indexOf(':');
        return FORM.matcher(text).matches()
                ? Optional.of(new Digest(text.substring(0, colon), text.substring(colon + 1)))
                : Optional.empty();
    }

    public static Digest sha256(String hex) {
        return new Digest("sha256", hex);
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
