package dev.plimsoll.inventory.sbom;

/// What a document may hold. A breach ends the reading in a sentence with the name of the limit.
///
/// @param bytes of the document
/// @param packages in it, files not counted
/// @param nesting of components in components, and of XML elements
/// @param text characters of one text
/// @param memory bytes that packages and unknowns may take, estimated
record SbomLimits(long bytes, int packages, int nesting, int text, long memory) {

    /// An image of 20,000 files and 2,000 packages takes Syft some 16 million bytes.
    static final long BYTES = 256L << 20;

    /// The largest images hold some ten thousand.
    static final int PACKAGES = 250_000;

    static final int NESTING = 100;

    static final int TEXT = 8 << 20;

    static final long MEMORY = 160L << 20;

    static final SbomLimits DEFAULT = new SbomLimits(BYTES, PACKAGES, NESTING, TEXT, MEMORY);

    /// The refusal of what exceeds a limit.
    static SbomException exceeded(String what, long most, String name) {
        return new SbomException(what + " over " + most + ", the limit " + name);
    }
}
