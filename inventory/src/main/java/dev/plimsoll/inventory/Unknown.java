package dev.plimsoll.inventory;

/// A place that could not be read; what it would have said is not known.
///
/// @param path in the image, without the leading slash
/// @param layer index in {@link ImageFacts#layers()}
/// @param place line, offset or entry within the file, empty where the whole file is meant
/// @param reason one sentence without a final stop, naming the limit where one was hit
public record Unknown(String path, int layer, String place, String reason) implements Comparable<Unknown> {

    @Override
    public int compareTo(Unknown other) {
        return java.util.Comparator.comparing(Unknown::path)
                .thenComparingInt(Unknown::layer)
                .thenComparing(Unknown::place)
                .thenComparing(Unknown::reason)
                .compare(this, other);
    }
}
