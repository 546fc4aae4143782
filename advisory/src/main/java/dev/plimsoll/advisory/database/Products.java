package dev.plimsoll.advisory.database;

/// The names that endoflife.date has for distributions.
///
/// Source: endoflife.date, product pages, `identifiers` and `releasePolicyLink`.
final class Products {

    private Products() {}

    static String of(String distribution) {
        return switch (distribution) {
            case "alpine" -> "alpine-linux";
            case "rocky" -> "rocky-linux";
            case "ol" -> "oracle-linux";
            case "amzn" -> "amazon-linux";
            case "opensuse-leap" -> "opensuse";
            default -> distribution;
        };
    }
}
