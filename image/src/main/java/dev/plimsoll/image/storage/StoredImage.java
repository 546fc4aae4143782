package dev.plimsoll.image.storage;

import java.util.List;

/// An image as `images.json` lists it.
///
/// Source: containers/storage, `images.go` (type Image).
///
/// @param id 64 hexadecimal digits, mostly those of the configuration's digest
/// @param digest of the manifest; empty where none is noted
/// @param digests of all manifests that are kept with it
/// @param names with their tags or digests
/// @param topLayer id of the uppermost layer; empty for an image without layers
public record StoredImage(String id, String digest, List<String> digests, List<String> names, String topLayer) {

    public StoredImage {
        digests = List.copyOf(digests);
        names = List.copyOf(names);
    }
}
