package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

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
    /// CPE 2.3 names as the format has them.
    final List<String> cpes = new ArrayList<>();
    /// What Plimsoll said of the package, by the names of {@link PlimsollProperties}.
    final Map<String, List<String>> said = new TreeMap<>();

    Component(String place, String name, String version) {
        this.place = place;
        this.name = name;
        this.version = version;
    }

    /// A file that proves the package.
    ///
    /// @param diffId of the layer that brought it
    /// @param layer its index, where that is known
    record Place(String path, Optional<Digest> diffId, OptionalInt layer) {

        /// The path without the leading slash.
        static Place of(String path, String diffId) {
            return new Place(
                    path.startsWith("/") ? path.substring(1) : path, Digest.parse(diffId), OptionalInt.empty());
        }
    }

    /// The first value that Plimsoll said under that name, the empty text where there is none.
    String said(String key) {
        var values = said.getOrDefault(key, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// Whether Plimsoll wrote the document, so that what it does not say of the package is not so.
    boolean isOurs() {
        return said.containsKey(PlimsollProperties.EVIDENCE);
    }

    /// Name and version, for a message.
    String shown() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
