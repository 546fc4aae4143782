package dev.plimsoll.inventory;

import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a file of a layer says, without knowledge of the image: assembly adds the distribution, ownership and the layer
/// of origin.
public sealed interface Fact {

    /// A package.
    ///
    /// @param namespace of the package URL where the ecosystem has one (`@babel`, a Maven group, `github.com/a`);
    ///     empty for distributions, whose vendor assembly adds
    /// @param name last part of the package URL
    /// @param key what other facts name it by ({@link OwnedFiles}, {@link Licenses}): for dpkg `name` or
    ///     `name:architecture`, for Python the folder of its metadata; empty where nothing does
    /// @param qualifiers for the package URL, without `distro`: `arch`, `epoch`, `upstream`
    /// @param cpes CPE 2.3 names, where nothing but a CPE identifies it
    /// @param dependencies what it needs, of the same type: a name as {@link ImagePackage#name()} has it, or
    ///     `name@version`; of alternatives all
    /// @param properties what else the evidence says, by the names of {@link PackageProperty}
    /// @param place within the file, for archives in archives: `BOOT-INF/lib/a.jar!/META-INF/…`; empty for the file
    ///     itself
    record PackageFound(
            PackageType type,
            String namespace,
            String name,
            String version,
            Optional<SourcePackage> source,
            String architecture,
            String modularity,
            Evidence evidence,
            String key,
            Map<String, String> qualifiers,
            List<String> licenses,
            List<String> ownedFiles,
            List<String> cpes,
            List<String> dependencies,
            Map<PackageProperty, String> properties,
            String place)
            implements Fact {

        /// Without CPEs, dependencies and properties.
        public PackageFound(
                PackageType type,
                String namespace,
                String name,
                String version,
                Optional<SourcePackage> source,
                String architecture,
                String modularity,
                Evidence evidence,
                String key,
                Map<String, String> qualifiers,
                List<String> licenses,
                List<String> ownedFiles,
                String place) {
            this(
                    type,
                    namespace,
                    name,
                    version,
                    source,
                    architecture,
                    modularity,
                    evidence,
                    key,
                    qualifiers,
                    licenses,
                    ownedFiles,
                    List.of(),
                    List.of(),
                    Map.of(),
                    place);
        }

        private PackageFound with(
                Evidence known,
                Map<String, String> purlQualifiers,
                List<String> names,
                List<String> needed,
                Map<PackageProperty, String> further) {
            return new PackageFound(
                    type,
                    namespace,
                    name,
                    version,
                    source,
                    architecture,
                    modularity,
                    known,
                    key,
                    purlQualifiers,
                    licenses,
                    ownedFiles,
                    names,
                    needed,
                    further,
                    place);
        }

        /// The same, which other facts name by that key.
        public PackageFound keyed(String name) {
            return new PackageFound(
                    type,
                    namespace,
                    this.name,
                    version,
                    source,
                    architecture,
                    modularity,
                    evidence,
                    name,
                    qualifiers,
                    licenses,
                    ownedFiles,
                    cpes,
                    dependencies,
                    properties,
                    place);
        }

        /// The same, only declared.
        public PackageFound declared() {
            return with(Evidence.DECLARED, qualifiers, cpes, dependencies, properties);
        }

        public PackageFound withQualifiers(Map<String, String> values) {
            return with(evidence, values, cpes, dependencies, properties);
        }

        public PackageFound withCpes(List<String> names) {
            return with(evidence, qualifiers, names, dependencies, properties);
        }

        public PackageFound withDependencies(List<String> names) {
            return with(evidence, qualifiers, cpes, names, properties);
        }

        public PackageFound withProperties(Map<PackageProperty, String> values) {
            return with(evidence, qualifiers, cpes, dependencies, values);
        }

        /// A language's package: no source, no architecture, no owned files.
        public static PackageFound ofLanguage(
                PackageType type, String namespace, String name, String version, List<String> licenses, String place) {
            return new PackageFound(
                    type,
                    namespace,
                    name,
                    version,
                    Optional.empty(),
                    "",
                    "",
                    Evidence.INSTALLED,
                    "",
                    Map.of(),
                    licenses,
                    List.of(),
                    place);
        }
    }

    /// Paths that belong to a package which another file lists.
    ///
    /// @param key see {@link PackageFound#key()}
    record OwnedFiles(PackageType type, String key, List<String> paths) implements Fact {}

    /// Licences of a package which another file lists.
    record Licenses(PackageType type, String key, List<String> names) implements Fact {}

    /// Properties of a package which another file lists.
    ///
    /// @param key see {@link PackageFound#key()}; empty for every package of the type of which no
    ///     other fact says the property
    record Properties(PackageType type, String key, Map<PackageProperty, String> values) implements Fact {}

    /// What a package needs which another file lists.
    ///
    /// @param key see {@link PackageFound#key()}
    /// @param names see {@link PackageFound#dependencies()}
    record Dependencies(PackageType type, String key, List<String> names) implements Fact {}

    /// What a package database says of the files of a package. Collected only where files are verified.
    ///
    /// @param key see {@link PackageFound#key()}
    record FileClaims(PackageType type, String key, List<FileClaim> claims) implements Fact {}

    /// A diversion: the file that every package but one brings to a path lies elsewhere.
    ///
    /// @param path where packages bring it, without the leading slash
    /// @param elsewhere where it lies, without the leading slash
    /// @param except name of the package whose file lies at the path; empty where an administrator diverts
    record Diverted(PackageType type, String path, String elsewhere, String except) implements Fact {}

    /// Digests of the content of the file itself. Collected only where files are verified.
    record Digested(ContentDigests digests) implements Fact {}

    /// What an os-release says.
    record DistributionFound(Distribution distribution) implements Fact {}

    /// What the file says beyond packages.
    record Content(ContentFact fact) implements Fact {}
    /// The file is a program that can be started. Assembly may name those that no package owns and nothing identified.
    ///
    /// @param format as people say it: `ELF`
    record Executable(String format) implements Fact {}
}
