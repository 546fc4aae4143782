package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What SPDX 2.3 says of an image, whatever it is written in.
///
/// Source: SPDX 2.3, "Document Creation Information", "Package Information", "Relationships", "Annotations".
final class Spdx2 {

    static final String VERSION = "SPDX-2.3";
    static final String DATA_LICENSE = "CC0-1.0";
    static final String DOCUMENT = "SPDXRef-DOCUMENT";
    static final String IMAGE = "SPDXRef-Image";
    private static final String SYSTEM = "SPDXRef-OperatingSystem";

    /// Ours for an edge by which a distribution's package owns another, as Syft has it.
    private static final String OWNERSHIP = "ownership-by-file-overlap: a file of the second belongs to the first";

    private Spdx2() {}

    /// A package; what is empty is not written.
    ///
    /// @param comment of its annotation
    record Component(
            String id,
            String name,
            String version,
            String supplier,
            String download,
            Optional<Hash> hash,
            Optional<String> homepage,
            String sourceInfo,
            String license,
            Optional<String> summary,
            List<Reference> references,
            String purpose,
            String comment) {}

    /// An external reference.
    record Reference(String category, String type, String locator) {}

    /// An edge.
    ///
    /// @param comment may be empty
    record Relationship(String from, String type, String to, String comment) {}

    static String namespace(SbomView view) {
        return "https://plimsoll.dev/spdx/" + view.serial();
    }

    static String tool(SbomView view) {
        return "Tool: plimsoll-" + view.result().toolVersion();
    }

    static String comment(SbomView view) {
        return "Generated from the built image (post-build)."
                + view.incompleteness().map(text -> " " + text + ".").orElse("");
    }

    private static String id(String digits) {
        return "SPDXRef-Package-" + digits;
    }

    private static String supplier(String name) {
        return name.equals(SbomView.NO_ASSERTION) ? name : "Organization: " + oneLine(name);
    }

    /// Names and versions stand on one line.
    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    static List<Component> packages(SbomView view) {
        var packages = new ArrayList<Component>();
        packages.add(image(view));
        view.inventory()
                .distribution()
                .ifPresent(found -> packages.add(new Component(
                        SYSTEM,
                        found.id(),
                        found.versionId(),
                        supplier(found.id()),
                        SbomView.NO_ASSERTION,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        SbomView.NO_ASSERTION,
                        Optional.of(found.prettyName()).filter(text -> !text.isEmpty()),
                        List.of(),
                        "OPERATING_SYSTEM",
                        PlimsollProperties.comment(PlimsollProperties.of(found)))));
        view.items().forEach(item -> packages.add(of(item)));
        return packages;
    }

    private static Component image(SbomView view) {
        return new Component(
                IMAGE,
                view.result().imageName(),
                view.imageDigest().orElse(""),
                SbomView.NO_ASSERTION,
                SbomView.NO_ASSERTION,
                view.imageDigest().flatMap(Hash::parse),
                Optional.empty(),
                "",
                SbomView.NO_ASSERTION,
                Optional.empty(),
                view.imagePurl()
                        .map(url -> List.of(new Reference("PACKAGE-MANAGER", "purl", url)))
                        .orElse(List.of()),
                "CONTAINER",
                PlimsollProperties.comment(view.properties()));
    }

    private static Component of(SbomView.Item item) {
        var found = item.item();
        var references = new ArrayList<Reference>();
        references.add(new Reference("PACKAGE-MANAGER", "purl", found.purl().toString()));
        CycloneDx.cpe(found).ifPresent(cpe -> references.add(new Reference("SECURITY", "cpe23Type", cpe)));
        return new Component(
                id(item.id()),
                found.name(),
                found.version(),
                supplier(item.supplier()),
                item.address(PackageProperty.DOWNLOAD).orElse(SbomView.NO_ASSERTION),
                item.hash(),
                item.address(PackageProperty.HOMEPAGE),
                sourceInfo(item),
                item.licensing()
                        .map(licensing -> licensing.expression().toString())
                        .orElse(SbomView.NO_ASSERTION),
                item.property(PackageProperty.SUMMARY),
                references,
                CycloneDx.type(found).equals("application") ? "APPLICATION" : "LIBRARY",
                PlimsollProperties.comment(item.properties()));
    }

    /// As Syft words it, which other readers know.
    private static String sourceInfo(SbomView.Item item) {
        var analyzer = item.item().analyzer();
        int slash = analyzer.indexOf('/');
        var paths = item.item().locations().stream()
                .map(location -> "/" + location.path())
                .collect(Collectors.joining(", "));
        return paths.isEmpty()
                ? ""
                : "acquired package info from " + (slash < 0 ? analyzer : analyzer.substring(0, slash)) + ": " + paths;
    }

    static List<Relationship> relationships(SbomView view) {
        var relationships = new ArrayList<Relationship>();
        relationships.add(new Relationship(DOCUMENT, "DESCRIBES", IMAGE, ""));
        if (view.inventory().distribution().isPresent()) {
            relationships.add(new Relationship(IMAGE, "CONTAINS", SYSTEM, ""));
        }
        for (var item : view.items()) {
            relationships.add(new Relationship(IMAGE, "CONTAINS", id(item.id()), ""));
            item.owner()
                    .ifPresent(owner ->
                            relationships.add(new Relationship(id(owner), "CONTAINS", id(item.id()), OWNERSHIP)));
            item.needs()
                    .forEach(need -> relationships.add(new Relationship(id(item.id()), "DEPENDS_ON", id(need), "")));
        }
        return relationships;
    }
}
