package dev.plimsoll.matching;

import dev.plimsoll.purl.Ecosystem;

/// What is looked up for a package.
///
/// @param ofSource whether name and version are those of the source package
/// @param indirect whether they also differ from the package's own
record Search(Ecosystem ecosystem, String name, String version, boolean ofSource, boolean indirect) {

    /// The same package in another version.
    Search ofVersion(String other) {
        return new Search(ecosystem, name, other, ofSource, indirect);
    }
}
