package dev.plimsoll.image.storage;

/// A layer as `layers.json` lists it.
///
/// Source: containers/storage, `layers.go` (type Layer).
///
/// @param parent id of the layer beneath; empty for the lowest
/// @param diffDigest of the unpacked tar; empty where none is noted
/// @param diffSize of the unpacked tar in bytes; -1 where none is noted
public record StoredLayer(String id, String parent, String diffDigest, long diffSize) {}
