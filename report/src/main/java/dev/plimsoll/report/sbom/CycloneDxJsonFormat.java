package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// CycloneDX in JSON.
///
/// Source: CycloneDX 1.6 and 1.7, JSON reference.
final class CycloneDxJsonFormat implements ReportFormat {

    private final String name;
    private final String version;

    CycloneDxJsonFormat(String name, String version) {
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
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> document(json, view));
        }
    }

    private void document(JsonWriter json, SbomView view) {
        json.member("$schema", "http://cyclonedx.org/schema/bom-" + version + ".schema.json");
        json.member("bomFormat", "CycloneDX");
        json.member("specVersion", version);
        json.member("serialNumber", "urn:uuid:" + view.serial());
        json.member("version", 1);
        metadata(json, view);
        json.array("components", () -> {
            view.inventory().distribution().ifPresent(found -> system(json, found));
            view.items().forEach(item -> component(json, view, item));
        });
        json.array(
                "dependencies",
                () -> CycloneDx.edges(view)
                        .forEach(edges -> json.object(() -> {
                            json.member("ref", edges.reference());
                            json.strings("dependsOn", edges.needs());
                        })));
        json.array("compositions", () -> {
            if (view.incompleteness().isPresent()) {
                json.object(
                        () -> json.member("aggregate", "incomplete").strings("assemblies", List.of(view.identity())));
            }
            // edges are what the evidence gives, and some evidence gives none
            json.object(() -> json.member("aggregate", "unknown").strings("dependencies", List.of(view.identity())));
        });
    }

    private static void metadata(JsonWriter json, SbomView view) {
        json.object("metadata", () -> {
            json.member("timestamp", view.created());
            json.array("lifecycles", () -> json.object(() -> json.member("phase", CycloneDx.LIFECYCLE)));
            json.object(
                    "tools",
                    () -> json.array(
                            "components",
                            () -> json.object(() -> json.member("type", "application")
                                    .member("name", "plimsoll")
                                    .member("version", view.result().toolVersion()))));
            json.array("authors", () -> json.object(() -> json.member("name", CycloneDx.AUTHOR)));
            json.object("component", () -> subject(json, view));
        });
    }

    private static void subject(JsonWriter json, SbomView view) {
        json.member("type", "container");
        json.member("bom-ref", view.identity());
        supplier(json, SbomView.NO_ASSERTION);
        json.member("name", view.result().imageName());
        json.member("version", view.imageDigest());
        json.member("description", view.incompleteness());
        view.imageDigest().flatMap(Hash::parse).ifPresent(hash -> hashes(json, hash));
        json.member("purl", view.imagePurl());
        properties(json, view.properties());
    }

    private static void supplier(JsonWriter json, String supplier) {
        json.object("supplier", () -> json.member("name", supplier));
    }

    private static void system(JsonWriter json, Distribution found) {
        json.object(() -> {
            json.member("type", "operating-system").member("bom-ref", "os:" + found.qualifier());
            supplier(json, found.id());
            json.member("name", found.id());
            if (!found.versionId().isEmpty()) {
                json.member("version", found.versionId());
            }
            if (!found.prettyName().isEmpty()) {
                json.member("description", found.prettyName());
            }
            properties(json, PlimsollProperties.of(found));
        });
    }

    private static void component(JsonWriter json, SbomView view, SbomView.Item item) {
        var found = item.item();
        json.object(() -> {
            json.member("type", CycloneDx.type(found));
            json.member("bom-ref", CycloneDx.reference(item));
            supplier(json, item.supplier());
            if (!CycloneDx.group(found).isEmpty()) {
                json.member("group", CycloneDx.group(found));
            }
            json.member("name", CycloneDx.name(found));
            json.member("version", found.version());
            json.member("description", item.property(PackageProperty.SUMMARY));
            json.member("scope", CycloneDx.scope(item));
            item.hash().ifPresent(hash -> hashes(json, hash));
            item.licensing().ifPresent(licensing -> licenses(json, licensing));
            json.member("cpe", CycloneDx.cpe(found));
            json.member("purl", found.purl().toString());
            addresses(json, item);
            properties(json, item.properties());
            evidence(json, view, item);
        });
    }

    private static void hashes(JsonWriter json, Hash hash) {
        json.array(
                "hashes",
                () -> json.object(() -> json.member("alg", hash.cycloneDxName()).member("content", hash.hex())));
    }

    /// The schema takes either one expression or a list of licences.
    private static void licenses(JsonWriter json, Licensing licensing) {
        json.array(
                "licenses",
                () -> json.object(() -> licensing
                        .onlyText()
                        .ifPresentOrElse(
                                text -> json.object(
                                        "license",
                                        () -> json.member("name", text).member("acknowledgement", "declared")),
                                () -> json.member(
                                                "expression",
                                                licensing.expression().toString())
                                        .member("acknowledgement", "declared"))));
    }

    private static void addresses(JsonWriter json, SbomView.Item item) {
        var website = item.address(PackageProperty.HOMEPAGE);
        var distribution = item.address(PackageProperty.DOWNLOAD);
        if (website.isEmpty() && distribution.isEmpty()) {
            return;
        }
        json.array("externalReferences", () -> {
            website.ifPresent(url -> reference(json, "website", url));
            distribution.ifPresent(url -> reference(json, "distribution", url));
        });
    }

    private static void reference(JsonWriter json, String type, String url) {
        json.object(() -> json.member("type", type).member("url", url));
    }

    private static void properties(JsonWriter json, Map<String, List<String>> properties) {
        json.array(
                "properties",
                () -> properties.forEach((name, values) -> values.forEach(value -> json.object(() ->
                        json.member("name", PlimsollProperties.PREFIX + name).member("value", value)))));
    }

    private static void evidence(JsonWriter json, SbomView view, SbomView.Item item) {
        var identification = item.identification();
        json.object("evidence", () -> {
            json.array(
                    "identity",
                    () -> json.object(() -> {
                        json.member("field", "purl");
                        json.member("confidence", identification.confidence());
                        json.member("concludedValue", item.item().purl().toString());
                        json.array(
                                "methods",
                                () -> json.object(() -> json.member("technique", identification.technique())
                                        .member("confidence", identification.confidence())
                                        .member("value", item.item().analyzer())));
                    }));
            json.array(
                    "occurrences",
                    () -> item.item()
                            .locations()
                            .forEach(location -> json.object(() -> json.member("location", "/" + location.path())
                                    .member(
                                            "additionalContext",
                                            CycloneDx.context(
                                                    location, view.inventory().image())))));
        });
    }
}
