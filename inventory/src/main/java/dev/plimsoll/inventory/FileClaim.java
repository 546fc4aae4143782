package dev.plimsoll.inventory;

import java.util.OptionalInt;

/// What a package database says of a file of a package.
///
/// @param path without the leading slash
/// @param algorithm of the digest: `md5`, `sha1`, `sha256`; empty where there is no digest
/// @param digest of the content in lower-case hexadecimal; empty where there is none
/// @param mode permission, set-id and sticky bits, `07777` at most; empty where the database says none
/// @param configuration whether it is a configuration file, which an administrator may change
/// @param optional whether nothing need be at the path
public record FileClaim(
        String path, String algorithm, String digest, OptionalInt mode, boolean configuration, boolean optional) {

    /// A file with its digest.
    public static FileClaim ofDigest(String path, String algorithm, String digest, boolean configuration) {
        return new FileClaim(path, algorithm, digest, OptionalInt.empty(), configuration, false);
    }

    /// The same file, elsewhere.
    public FileClaim at(String other) {
        return new FileClaim(other, algorithm, digest, mode, configuration, optional);
    }
}
