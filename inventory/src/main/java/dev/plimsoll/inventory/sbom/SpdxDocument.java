package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What SPDX 2 says, whatever it is written in, with the annotations by which Syft and Trivy say more. Not safe for
/// several threads.
///
/// Source: SPDX 2.3, "Package Information"; Syft, package `spdxhelpers`; Trivy, package `spdx`.
final class SpdxDocument {

    private static final Set<String> VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");

    /// Purposes of what is no package.
    private static final Set<String> NO_PACKAGES = Set.of("FILE", "DEVICE", "SOURCE");

    /// Trivy's word for the source package.
    private static final Pattern BUILT_FROM = Pattern.compile("built package from: (\\S+) (\\S+)");

    /// Syft's word for the files that prove a package.
    private static final Pattern ACQUIRED = Pattern.compile("acquired package info from [^/]*: (/.*)");

    /// Between files in Syft's list; a path may hold a comma, but hardly one with a space and a slash behind it.
    private static final Pattern BETWEEN_PATHS = Pattern.compile(", (?=/)");

    private static final String OWNERSHIP = "ownership-by-file-overlap";

    private static final String DESCRIBES = "DESCRIBES";

    /// In bytes, about: what an entry of a set takes beside its characters.
    private static final int ENTRY = 100;

    private final InventoryDraft draft;
    /// Packages without a package URL: whether one is the thing described is known only at the end.
    private final List<Component> withoutUrl = new ArrayList<>();
    private final Set<String> described = new HashSet<>();

    SpdxDocument(SbomLimits limits) {
        this.draft = new InventoryDraft(limits);
    }

    InventoryDraft draft() {
        return draft;
    }

    /// When the document was made.
    void created(String text) {
        draft.states(Statement.TIMESTAMP, text);
    }

    /// `Tool: syft-1.57.1`, `Organization: Example`.
    void creator(String text) {
        if (text.startsWith("Tool:")) {
            draft.tool(text.substring("Tool:".length()), "");
        } else {
            draft.states(Statement.AUTHOR, text);
        }
    }

    void item(SpdxPackage item) throws SbomException {
        switch (purpose(item)) {
            case "CONTAINER" -> container(item);
            case "OPERATING-SYSTEM" ->
                DistributionName.said(item.said())
                        .or(() -> DistributionName.of(item.name, item.version, "", List.of(), ""))
                        .ifPresentOrElse(
                                draft::distribution,
                                () -> draft.unknown(
                                        item.place,
                                        "'" + InventoryDraft.shown(item.name) + "' is the name of no distribution"));
            default -> software(item);
        }
    }

    /// Version 2.2 has no purposes yet; the package URL of an image tells as much.
    private static String purpose(SpdxPackage item) {
        return item.purpose.isEmpty() && item.packageUrl.startsWith("pkg:oci/")
                ? "CONTAINER"
                : item.purpose.replace('_', '-');
    }

    private void container(SpdxPackage item) throws SbomException {
        var image = draft.image;
        PackageUrl.parse(item.packageUrl).ifPresent(image::packageUrl);
        image.name(item.name);
        if (draft.isOf("syft")) {
            image.manifestDigest = image.manifestDigest.or(() -> Digest.parse(item.version));
        }
        image.id = image.id.or(() -> Digest.parse(item.comment("ImageID")));
        for (var comment : item.comments) {
            if (comment.startsWith("RepoTag: ")) {
                image.name(comment.substring("RepoTag: ".length()));
            } else if (comment.startsWith("RepoDigest: ")) {
                image.repoDigest(comment.substring("RepoDigest: ".length()));
            }
        }
        draft.said(item.said());
    }

    private void software(SpdxPackage item) throws SbomException {
        var component = new Component(item.place, item.name, item.version);
        component.packageUrl = item.packageUrl;
        component.reference = item.id;
        component.source = source(item);
        component.said.putAll(item.said());
        component.modularity = item.comment("Modularitylabel") + component.said(PlimsollProperties.MODULARITY);
        component.owner = component.said(PlimsollProperties.OWNED_BY);
        component.cpes.addAll(item.cpes);
        var license = item.licenseDeclared.isEmpty() ? item.licenseConcluded : item.licenseDeclared;
        if (!license.isEmpty()) {
            component.licenses.add(license);
        }
        component
                .said
                .getOrDefault(PlimsollProperties.LOCATION, List.of())
                .forEach(text -> component.locations.add(PlimsollProperties.place(text)));
        var acquired = ACQUIRED.matcher(item.sourceInfo);
        if (component.locations.isEmpty() && acquired.matches()) {
            for (var path : BETWEEN_PATHS.split(acquired.group(1), -1)) {
                component.locations.add(Component.Place.of(path, ""));
            }
        }
        for (var comment : item.comments) {
            if (comment.startsWith("FilePath: ")) {
                component.locations.add(
                        Component.Place.of(comment.substring("FilePath: ".length()), item.comment("LayerDiffID")));
            }
        }
        if (!item.packageUrl.isEmpty()) {
            draft.component(component);
        } else if (isPackage(item)) {
            draft.hold(component);
            withoutUrl.add(component);
        }
    }

    /// Trivy has a package for a file that lists packages; Syft one for the folder that it looked into.
    private boolean isPackage(SpdxPackage item) {
        return !NO_PACKAGES.contains(item.purpose)
                && !item.comment("Class").equals("lang-pkgs")
                && !item.id.startsWith("SPDXRef-DocumentRoot-");
    }

    private static Optional<SourcePackage> source(SpdxPackage item) {
        var matcher = BUILT_FROM.matcher(item.sourceInfo);
        return matcher.matches()
                ? Optional.of(new SourcePackage(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    void describes(String id) throws SbomException {
        draft.hold(ENTRY + id.length());
        described.add(id);
    }

    void relationship(String from, String type, String to, String comment) throws SbomException {
        if (type.equals(DESCRIBES)) {
            describes(to);
        } else if (type.equals("DEPENDS_ON")) {
            draft.needs(from, to);
        } else if (type.equals("DEPENDENCY_OF")) {
            draft.needs(to, from);
        } else if (comment.startsWith(OWNERSHIP)) {
            draft.owns(from, to);
        }
    }

    /// Syft puts the type of a package into its id.
    private static boolean isWithoutEcosystem(String reference) {
        return CycloneDxDocument.SYFT_WITHOUT_ECOSYSTEM.stream()
                .anyMatch(type -> reference.startsWith("SPDXRef-Package-" + type + "-"));
    }

    /// @param version `SPDX-2.3`
    /// @param encoding `JSON` or `tag-value`
    DocumentReading.Read finish(String version, String encoding) throws SbomException {
        if (!VERSIONS.contains(version)) {
            throw new SbomException("it is SPDX '" + InventoryDraft.shown(version) + "'; " + Formats.READ_HERE);
        }
        if (draft.isOf("syft")) {
            draft.saysOwners();
        }
        for (var component : withoutUrl) {
            if (!described.contains(component.reference)) {
                component.ofNoEcosystem = draft.isOf("syft") && isWithoutEcosystem(component.reference);
                draft.component(component);
            }
        }
        return new DocumentReading.Read(version.replace('-', ' ') + " " + encoding, "spdx-document/1", draft);
    }
}
