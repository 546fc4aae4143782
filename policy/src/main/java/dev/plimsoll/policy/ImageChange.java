package dev.plimsoll.policy;

import dev.plimsoll.purl.PackageType;

/// Something that can be done to an image, precise enough that the image can be judged as if it had been done.
///
/// Adding one is a record here and its case in `policy.path.ChangedImage`.
public sealed interface ImageChange {

    /// All packages of that type, name and version become another version.
    ///
    /// @param name of the package
    /// @param from the version that is there
    /// @param to the version in its place
    /// @param ofSource whether `to` is a version of the source package, by which advisories are kept
    record UpgradePackage(PackageType type, String name, String from, String to, boolean ofSource)
            implements ImageChange {}

    /// All packages of that type and name go.
    record RemovePackage(PackageType type, String name) implements ImageChange {}

    /// @param path without the leading slash
    record RemoveFile(String path) implements ImageChange {}

    /// @param path without the leading slash
    /// @param bits of the mode that go
    record ClearModeBits(String path, int bits) implements ImageChange {}

    /// The Dockerfile ends with one instruction more.
    ///
    /// @param keyword upper case
    record AddInstruction(String keyword, String arguments) implements ImageChange {}

    /// An instruction goes from the Dockerfile, or what it left in the configuration.
    ///
    /// @param keyword upper case
    /// @param line where it begins in the Dockerfile that was given; 0 where none was
    record RemoveInstruction(String keyword, String arguments, int line) implements ImageChange {}

    /// A port is no longer exposed.
    ///
    /// @param port as it stands, `22/tcp`
    record ClosePort(String port) implements ImageChange {}
}
