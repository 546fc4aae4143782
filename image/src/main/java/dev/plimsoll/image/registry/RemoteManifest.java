package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;

/// A manifest or index as a registry gave it, its digest computed from the bytes.
public final class RemoteManifest {

    private final byte[] bytes;
    private final String mediaType;
    private final Digest digest;

    RemoteManifest(byte[] bytes, String mediaType, Digest digest) {
        this.bytes = bytes;
        this.mediaType = mediaType;
        this.digest = digest;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /// As the registry states it, empty where it does not.
    public String mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }
}
