package dev.plimsoll.json;

/// What a foreign JSON text may hold.
///
/// @param bytes the longest text, in bytes
/// @param depth how deep objects and arrays may nest
/// @param stringLength the longest string or member name, in characters
/// @param values the most values in it, objects and arrays included: `[[],[],…` takes fifty times its length in memory
/// @param refuseDuplicates whether two members of one name are an error
public record JsonLimits(long bytes, int depth, int stringLength, int values, boolean refuseDuplicates) {

    /// For files found in images and for advisories.
    public static final JsonLimits FOREIGN = new JsonLimits(32L << 20, 200, 8 << 20, Integer.MAX_VALUE, false);
    /// For what a person wrote by hand (bundles): a repeated member is a mistake there.
    public static final JsonLimits AUTHORED = new JsonLimits(64L << 20, 100, 1 << 20, Integer.MAX_VALUE, true);

    /// The same limits with another length of the text.
    public JsonLimits withBytes(long most) {
        return new JsonLimits(most, depth, stringLength, values, refuseDuplicates);
    }

    /// The same limits with another number of values.
    public JsonLimits withValues(int most) {
        return new JsonLimits(bytes, depth, stringLength, most, refuseDuplicates);
    }

    /// The same limits where a repeated member is an error.
    public JsonLimits withoutDuplicates() {
        return new JsonLimits(bytes, depth, stringLength, values, true);
    }
}
