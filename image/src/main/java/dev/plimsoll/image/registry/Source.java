package dev.plimsoll.image.registry;

/// Where an image is really fetched: the registry that its name says, another one, or a mirror.
///
/// @param insecure whether a certificate that cannot be verified, and plain HTTP, are allowed
/// @param mirror whether the user never named it
record Source(Reference reference, boolean insecure, boolean mirror) {}
