package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.xml.XmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// CycloneDX in XML. The order of elements is the schema's.
///
/// Source: CycloneDX 1.6 and 1.7, XML schema.
final class CycloneDxXmlFormat implements ReportFormat {

    private final String name;
    private final String version;

    CycloneDxXmlFormat(String name, String version) {
        this.name = name;
        this.version = version;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "software bill of materials, CycloneDX " + version;
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var view = SbomView.of(result);
        try (var xml = new XmlWriter(out)) {
            xml.element(
                    "bom",
                    Map.of("xmlns", "http://cyclonedx.org/schema/bom/" + version),
                    Map.of("serialNumber", "urn:uuid:" + view.serial(), "version", "1"),
                    () -> document(xml, view));
        }
    }

    private static void document(XmlWriter xml, SbomView view) {
        xml.element("metadata", () -> {
            xml.leaf("timestamp", view.created());
            xml.element("lifecycles", () -> xml.element("lifecycle", () -> xml.leaf("phase", CycloneDx.LIFECYCLE)));
            xml.element(
                    "tools",
                    () -> xml.element(
                            "components",
                            () -> xml.element("component", Map.of("type", "application"), () -> {
                                xml.leaf("name", "plimsoll");
                                xml.leaf("version", view.result().toolVersion());
                            })));
            xml.element("authors", () -> xml.element("author", () -> xml.leaf("name", CycloneDx.AUTHOR)));
            xml.element("component", Map.of("type", "container", "bom-ref", view.identity()), () -> subject(xml, view));
        });
        xml.element("components", () -> {
            view.inventory().distribution().ifPresent(found -> system(xml, found));
            view.items().forEach(item -> component(xml, view, item));
        });
        xml.element(
                "dependencies",
                () -> CycloneDx.edges(view)
                        .forEach(edges -> xml.element(
                                "dependency",
                                Map.of("ref", edges.reference()),
                                () -> edges.needs().forEach(need -> xml.empty("dependency", Map.of("ref", need))))));
        xml.element("compositions", () -> {
            if (view.incompleteness().isPresent()) {
                composition(xml, "incomplete", "assemblies", "assembly", view.identity());
            }
            // edges are what the evidence gives, and some evidence gives none
            composition(xml, "unknown", "dependencies", "dependency", view.identity());
        });
    }

    private static void composition(XmlWriter xml, String aggregate, String list, String element, String reference) {
        xml.element("composition", () -> {
            xml.leaf("aggregate", aggregate);
            xml.element(list, () -> xml.empty(element, Map.of("ref", reference)));
        });
    }

    private static void subject(XmlWriter xml, SbomView view) {
        supplier(xml, SbomView.NO_ASSERTION);
        xml.leaf("name", view.result().imageName());
        view.imageDigest().ifPresent(digest -> xml.leaf("version", digest));
        view.incompleteness().ifPresent(text -> xml.leaf("description", text));
        view.imageDigest().flatMap(Hash::parse).ifPresent(hash -> hashes(xml, hash));
        view.imagePurl().ifPresent(url -> xml.leaf("purl", url));
        properties(xml, view.properties());
    }

    private static void supplier(XmlWriter xml, String supplier) {
        xml.element("supplier", () -> xml.leaf("name", supplier));
    }

    private static void system(XmlWriter xml, Distribution found) {
        xml.element("component", Map.of("type", "operating-system", "bom-ref", "os:" + found.qualifier()), () -> {
            supplier(xml, found.id());
            xml.leaf("name", found.id());
            if (!found.versionId().isEmpty()) {
                xml.leaf("version", found.versionId());
            }
            if (!found.prettyName().isEmpty()) {
                xml.leaf("description", found.prettyName());
            }
            properties(xml, PlimsollProperties.of(found));
        });
    }

    private static void component(XmlWriter xml, SbomView view, SbomView.Item item) {
        var found = item.item();
        xml.element("component", Map.of("type", CycloneDx.type(found), "bom-ref", CycloneDx.reference(item)), () -> {
            supplier(xml, item.supplier());
            if (!CycloneDx.group(found).isEmpty()) {
                xml.leaf("group", CycloneDx.group(found));
            }
            xml.leaf("name", CycloneDx.name(found));
            xml.leaf("version", found.version());
            item.property(PackageProperty.SUMMARY).ifPresent(text -> xml.leaf("description", text));
            CycloneDx.scope(item).ifPresent(scope -> xml.leaf("scope", scope));
            item.hash().ifPresent(hash -> hashes(xml, hash));
            item.licensing().ifPresent(licensing -> licenses(xml, licensing));
            CycloneDx.cpe(found).ifPresent(cpe -> xml.leaf("cpe", cpe));
            xml.leaf("purl", found.purl().toString());
            addresses(xml, item);
            properties(xml, item.properties());
            evidence(xml, view, item);
        });
    }

    private static void hashes(XmlWriter xml, Hash hash) {
        xml.element("hashes", () -> xml.leaf("hash", Map.of("alg", hash.cycloneDxName()), hash.hex()));
    }

    private static void licenses(XmlWriter xml, Licensing licensing) {
        var declared = Map.of("acknowledgement", "declared");
        xml.element(
                "licenses",
                () -> licensing
                        .onlyText()
                        .ifPresentOrElse(
                                text -> xml.element("license", declared, () -> xml.leaf("name", text)),
                                () -> xml.leaf(
                                        "expression",
                                        declared,
                                        licensing.expression().toString())));
    }

    private static void addresses(XmlWriter xml, SbomView.Item item) {
        var website = item.address(PackageProperty.HOMEPAGE);
        var distribution = item.address(PackageProperty.DOWNLOAD);
        if (website.isPresent() || distribution.isPresent()) {
            xml.element("externalReferences", () -> {
                website.ifPresent(url -> reference(xml, "website", url));
                distribution.ifPresent(url -> reference(xml, "distribution", url));
            });
        }
    }

    private static void reference(XmlWriter xml, String type, String url) {
        xml.element("reference", Map.of("type", type), () -> xml.leaf("url", url));
    }

    private static void properties(XmlWriter xml, Map<String, List<String>> properties) {
        xml.element(
                "properties",
                () -> properties.forEach((name, values) -> values.forEach(
                        value -> xml.leaf("property", Map.of("name", PlimsollProperties.PREFIX + name), value))));
    }

    private static void evidence(XmlWriter xml, SbomView view, SbomView.Item item) {
        var identification = item.identification();
        var confidence = identification.confidence().toPlainString();
        xml.element("evidence", () -> {
            xml.element("identity", () -> {
                xml.leaf("field", "purl");
                xml.leaf("confidence", confidence);
                xml.leaf("concludedValue", item.item().purl().toString());
                xml.element(
                        "methods",
                        () -> xml.element("method", () -> {
                            xml.leaf("technique", identification.technique());
                            xml.leaf("confidence", confidence);
                            xml.leaf("value", item.item().analyzer());
                        }));
            });
            xml.element(
                    "occurrences",
                    () -> item.item()
                            .locations()
                            .forEach(location -> xml.element("occurrence", () -> {
                                xml.leaf("location", "/" + location.path());
                                CycloneDx.context(location, view.inventory().image())
                                        .ifPresent(context -> xml.leaf("additionalContext", context));
                            })));
        });
    }
}
