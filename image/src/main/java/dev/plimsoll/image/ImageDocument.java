package dev.plimsoll.image;

/// A JSON document of an image, as it was read.
///
/// @param kind what it is
/// @param name the file or blob
/// @param digest of its bytes, computed
/// @param text its bytes as UTF-8; what is none is replaced
public record ImageDocument(Kind kind, String name, Digest digest, String text) {

    /// What a document is.
    public enum Kind {
        MANIFEST,
        CONFIGURATION
    }
}
