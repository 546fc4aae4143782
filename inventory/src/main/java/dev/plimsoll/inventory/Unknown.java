package dev.plimsoll.inventory;

import java.util.OptionalInt;

/// A place that could not be read; what it would have said is not known.
///
/// @param path in the image, without the leading slash; empty where the document is meant that tells of the image
/// @param layer index in {@link ImageFacts#layers()}; empty where it is not known
/// @param place line, offset or entry within the file, empty where the whole file is meant
/// @param reason one sentence without a final stop, naming the limit where one was hit
public record Unknown(String path, OptionalInt layer, String place, String reason) implements Comparable<Unknown> {

    /// A place whose layer is known.
    public Unknown(String path, int layer, String place, String reason) {
        this(path, OptionalInt.of(layer), place, reason);
    }

    /// A place in the document that tells of the image.
    public static Unknown inDocument(String place, String reason) {
        return new Unknown("", OptionalInt.empty(), place, reason);
    }

    /// Where it is, for people.
    public String where() {
        if (path.isEmpty()) {
            return place.isEmpty() ? "the document" : place;
        }
        return "/" + path + (place.isEmpty() ? "" : ", " + place);
    }

    @Override
    public int compareTo(Unknown other) {
        return java.util.Comparator.comparing(Unknown::path)
                .thenComparingInt(unknown -> unknown.layer().orElse(-1))
                .thenComparing(Unknown::place)
                .thenComparing(Unknown::reason)
                .compare(this, other);
    }
}
