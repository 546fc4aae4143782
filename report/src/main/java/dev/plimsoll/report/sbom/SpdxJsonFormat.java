package dev.plimsoll.report.sbom;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// SPDX 2.3 in JSON.
///
/// Source: SPDX 2.3, JSON schema.
final class SpdxJsonFormat implements ReportFormat {

    private final String name;

    SpdxJsonFormat(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "software bill of materials, SPDX 2.3";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var view = SbomView.of(result);
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("spdxVersion", Spdx2.VERSION);
                json.member("dataLicense", Spdx2.DATA_LICENSE);
                json.member("SPDXID", Spdx2.DOCUMENT);
                json.member("name", view.result().imageName());
                json.member("documentNamespace", Spdx2.namespace(view));
                json.object(
                        "creationInfo",
                        () -> json.member("created", view.created()).strings("creators", List.of(Spdx2.tool(view))));
                json.member("comment", Spdx2.comment(view));
                json.array("packages", () -> Spdx2.packages(view).forEach(item -> item(json, view, item)));
                if (!view.licenseTexts().isEmpty()) {
                    json.array(
                            "hasExtractedLicensingInfos",
                            () -> view.licenseTexts()
                                    .forEach((id, text) -> json.object(
                                            () -> json.member("licenseId", id).member("extractedText", text))));
                }
                json.array("relationships", () -> Spdx2.relationships(view).forEach(edge -> edge(json, edge)));
            });
        }
    }

    private static void edge(JsonWriter json, Spdx2.Relationship edge) {
        json.object(() -> {
            json.member("spdxElementId", edge.from());
            json.member("relationshipType", edge.type());
            json.member("relatedSpdxElement", edge.to());
            present(json, "comment", edge.comment());
        });
    }

    private static void present(JsonWriter json, String name, String text) {
        if (!text.isEmpty()) {
            json.member(name, text);
        }
    }

    private static void item(JsonWriter json, SbomView view, Spdx2.Component item) {
        json.object(() -> {
            json.member("SPDXID", item.id());
            json.member("name", item.name());
            present(json, "versionInfo", item.version());
            json.member("supplier", item.supplier());
            json.member("downloadLocation", item.download());
            json.member("filesAnalyzed", false);
            item.hash()
                    .ifPresent(hash -> json.array(
                            "checksums",
                            () -> json.object(() ->
                                    json.member("algorithm", hash.spdxName()).member("checksumValue", hash.hex()))));
            json.member("homepage", item.homepage());
            present(json, "sourceInfo", item.sourceInfo());
            json.member("licenseConcluded", SbomView.NO_ASSERTION);
            json.member("licenseDeclared", item.license());
            json.member("copyrightText", SbomView.NO_ASSERTION);
            json.member("summary", item.summary());
            json.array(
                    "externalRefs",
                    () -> item.references()
                            .forEach(reference ->
                                    json.object(() -> json.member("referenceCategory", reference.category())
                                            .member("referenceType", reference.type())
                                            .member("referenceLocator", reference.locator()))));
            json.member("primaryPackagePurpose", item.purpose());
            json.array(
                    "annotations",
                    () -> json.object(() -> json.member("annotationDate", view.created())
                            .member("annotationType", "OTHER")
                            .member("annotator", Spdx2.tool(view))
                            .member("comment", item.comment())));
        });
    }
}
