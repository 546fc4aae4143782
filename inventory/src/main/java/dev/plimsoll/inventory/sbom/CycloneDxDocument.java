package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What CycloneDX says, whatever it is written in, with the properties by which Syft, Trivy and Plimsoll say more. Not
/// safe for several threads.
///
/// Source: CycloneDX 1.4 to 1.7, "Component"; Syft, package `cyclonedxhelpers`; Trivy, "CycloneDX custom properties".
final class CycloneDxDocument {

    private static final Set<String> VERSIONS = Set.of("1.4", "1.5", "1.6", "1.7");

    /// Types that are no packages.
    private static final Set<String> NO_PACKAGES =
            Set.of("file", "data", "cryptographic-asset", "machine-learning-model", "device");

    /// What Syft calls packages that no ecosystem keeps advisories for.
    ///
    /// Source: Syft, package `pkg`, `type.go`.
    static final Set<String> SYFT_WITHOUT_ECOSYSTEM = Set.of(
            "binary",
            "apple-app-bundle",
            "msrc-kb",
            "linux-kernel",
            "linux-kernel-module",
            "bitnami",
            "UnknownPackage",
            "graalvm-native-image");

    private static final Pattern SYFT_PATH = Pattern.compile("syft:location:([0-9]{1,6}):path");

    private final InventoryDraft draft;

    CycloneDxDocument(SbomLimits limits) {
        this.draft = new InventoryDraft(limits);
    }

    InventoryDraft draft() {
        return draft;
    }

    /// `metadata.component`: what the document is about.
    void subject(CycloneDxComponent subject) throws SbomException {
        var url = PackageUrl.parse(subject.packageUrl);
        var image = draft.image;
        if (!subject.type.equals("container")) {
            if (url.isPresent() && !subject.type.equals("operating-system")) {
                component("metadata/component", subject);
            }
            return;
        }
        url.ifPresent(image::packageUrl);
        image.name(subject.name);
        // Syft and Plimsoll write the digest of the manifest, or of the configuration where there is no manifest
        var reference = Digest.parse(subject.reference);
        var version = draft.isOf("syft", "plimsoll") ? Digest.parse(subject.version) : Optional.<Digest>empty();
        image.id = Digest.parse(subject.property("aquasecurity:trivy:ImageID")).or(() -> reference);
        image.manifestDigest =
                image.manifestDigest.or(() -> version.filter(found -> !image.id.equals(Optional.of(found))));
        subject.propertyValues("aquasecurity:trivy:RepoTag").forEach(image::name);
        subject.propertyValues("aquasecurity:trivy:RepoDigest").forEach(image::repoDigest);
        draft.said(subject.said());
    }

    /// Whether the list of components says that it lacks some.
    ///
    /// Source: CycloneDX 1.6, "compositions", `aggregate`.
    void composition(String aggregate) {
        // what is missing in our own documents, they say one by one
        if (aggregate.startsWith("incomplete") && !draft.isOurs()) {
            draft.unidentified("compositions", "the document says itself that it is incomplete (" + aggregate + ")");
        }
    }

    void component(String place, CycloneDxComponent component) throws SbomException {
        if (component.packageUrl.isBlank() && !isPackage(component)) {
            if (component.type.equals("operating-system")) {
                distribution(place, component);
            }
            return;
        }
        var name = component.group.isEmpty() ? component.name : component.group + "/" + component.name;
        var found = new Component(place, component.group.isEmpty() ? component.name : name, component.version);
        found.packageUrl = component.packageUrl;
        found.reference = component.reference;
        found.source = source(component);
        found.modularity = component.property("aquasecurity:trivy:Modularitylabel")
                + component.property("syft:metadata:modularityLabel")
                + component.property("plimsoll:modularity");
        found.owner = component.property("plimsoll:owned-by");
        found.said.putAll(component.said());
        if (!component.cpe.isEmpty()) {
            found.cpes.add(component.cpe);
        }
        found.ofNoEcosystem = SYFT_WITHOUT_ECOSYSTEM.contains(component.property("syft:package:type"));
        found.licenses.addAll(component.licenses);
        found.locations.addAll(locations(component));
        draft.component(found);
    }

    /// Trivy has a component of the type `application` for a file that lists packages.
    private static boolean isPackage(CycloneDxComponent component) {
        boolean isList = component.type.equals("application")
                && component.version.isEmpty()
                && component.property("aquasecurity:trivy:Class").equals("lang-pkgs");
        return !isList && !component.type.equals("operating-system") && !NO_PACKAGES.contains(component.type);
    }

    /// One component needs another, by their references.
    void needs(String from, String to) throws SbomException {
        draft.needs(from, to);
    }

    private void distribution(String place, CycloneDxComponent component) {
        var said = DistributionName.said(component.said());
        if (said.isPresent()) {
            draft.distribution(said.get());
            return;
        }
        var id = component.property("syft:distro:id");
        var like = new ArrayList<String>();
        component.properties.forEach((key, values) -> {
            if (key.startsWith("syft:distro:idLike:")) {
                like.addAll(values);
            }
        });
        var version = component.property("syft:distro:versionID");
        var pretty = component.property("syft:distro:prettyName");
        DistributionName.of(
                        id.isEmpty() ? component.name : id,
                        version.isEmpty() ? component.version : version,
                        component.property("syft:distro:versionCodename"),
                        like,
                        pretty.isEmpty() ? component.description : pretty)
                .ifPresentOrElse(
                        draft::distribution,
                        () -> draft.unknown(
                                place,
                                "'" + InventoryDraft.shown(component.name) + "' is the name of no distribution"));
    }

    /// Trivy takes name, epoch, version and release apart.
    private static Optional<SourcePackage> source(CycloneDxComponent component) {
        var name = component.property("aquasecurity:trivy:SrcName");
        var version = component.property("aquasecurity:trivy:SrcVersion");
        if (name.isEmpty() || version.isEmpty()) {
            return Optional.empty();
        }
        var epoch = component.property("aquasecurity:trivy:SrcEpoch");
        var release = component.property("aquasecurity:trivy:SrcRelease");
        return Optional.of(new SourcePackage(
                name,
                (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
                        + version
                        + (release.isEmpty() ? "" : "-" + release)));
    }

    private static List<Component.Place> locations(CycloneDxComponent component) {
        var places = new ArrayList<Component.Place>();
        component
                .propertyValues(PlimsollProperties.PREFIX + PlimsollProperties.LOCATION)
                .forEach(text -> places.add(PlimsollProperties.place(text)));
        component.properties.keySet().stream()
                .map(SYFT_PATH::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .sorted(Comparator.naturalOrder())
                .forEach(number -> places.add(Component.Place.of(
                        component.property("syft:location:" + number + ":path"),
                        component.property("syft:location:" + number + ":layerID"))));
        component
                .propertyValues("aquasecurity:trivy:FilePath")
                .forEach(path ->
                        places.add(Component.Place.of(path, component.property("aquasecurity:trivy:LayerDiffID"))));
        if (places.isEmpty()) {
            component.occurrences.forEach(path -> places.add(Component.Place.of(path, "")));
        }
        return places;
    }

    /// @param version of the specification
    /// @param encoding `JSON` or `XML`
    DocumentReading.Read finish(String version, String encoding) throws SbomException {
        if (!VERSIONS.contains(version)) {
            throw new SbomException("it is CycloneDX '" + InventoryDraft.shown(version) + "'; " + Formats.READ_HERE);
        }
        return new DocumentReading.Read("CycloneDX " + version + " " + encoding, "cyclonedx-document/1", draft);
    }
}
