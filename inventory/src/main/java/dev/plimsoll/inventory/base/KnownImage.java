package dev.plimsoll.inventory.base;

import dev.plimsoll.image.Digest;
import java.util.List;
import java.util.Optional;

/// An image that others may have been built on.
///
/// @param name `docker.io/library/debian:12`
/// @param digest of its manifest; empty where it is not known
/// @param diffIds of its layers, lowest first
public record KnownImage(String name, Optional<Digest> digest, List<Digest> diffIds) {

    public KnownImage {
        diffIds = List.copyOf(diffIds);
    }
}
