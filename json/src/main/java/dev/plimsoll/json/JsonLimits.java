package dev.plimsoll.json;

/// What a foreign JSON text may hold.
///
/// @param bytes the longest text, in bytes
/// @param depth how deep objects and arrays may nest
/// @param stringLength the longest string or member name, in characters
/// @param refuseDuplicates whether two members of one name are an error
public record JsonLimits(long bytes, int depth, int stringLength, boolean refuseDuplicates) {

    /// For files found in images and for advisories.
    public static final JsonLimits FOREIGN = new JsonLimits(32L << 20, 200, 8 << 20, false);
    /// For what a person wrote by hand (bundles): a repeated member is a mistake there.
    public static final JsonLimits AUTHORED = new JsonLimits(64L << 20, 100, 1 << 20, true);

    /// The same limits with another length of the text.
    public JsonLimits withBytes(long most) {
        return new JsonLimits(most, depth, stringLength, refuseDuplicates);
    }
}
