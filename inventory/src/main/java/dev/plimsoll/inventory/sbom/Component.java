package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a document says of one package, before it is known what image it belongs to. Filled by the reader of a format;
/// not safe for several threads.
final class Component {

    /// Where the document speaks of it: `component 12`.
    final String place;

    final String name;
    final String version;
    String packageUrl = "";
    /// What relationships call it, empty where nothing does.
    String reference = "";

    Optional<SourcePackage> source = Optional.empty();
    String modularity = "";
    /// Package URL of the distribution's package that owns it, where the document says so.
    String owner = "";
    /// Whether it is known to be no package of an ecosystem, such as a program that was recognised by its bytes, so
    /// that nobody misses a package URL.
    boolean ofNoEcosystem;

    final List<String> licenses = new ArrayList<>();
    final List<Place> locations = new ArrayList<>();
    final List<String> ownedFiles = new ArrayList<>();

    Component(String place, String name, String version) {
        this.place = place;
        this.name = name;
        this.version = version;
    }

    /// A file that proves the package.
    ///
    /// @param diffId of the layer that brought it
    record Place(String path, Optional<Digest> diffId) {

        /// The path without the leading slash.
        static Place of(String path, String diffId) {
            return new Place(path.startsWith("/") ? path.substring(1) : path, Digest.parse(diffId));
        }
    }

    /// Name and version, for a message.
    String shown() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
