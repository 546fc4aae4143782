package dev.plimsoll.report.sbom;

import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// SPDX 2.3 as lines of `Tag: value`.
///
/// Source: SPDX 2.3, "Conformance", section "tag:value format".
final class SpdxTagValueFormat implements ReportFormat {

    private final String name;

    SpdxTagValueFormat(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "software bill of materials, SPDX 2.3, as text";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var view = SbomView.of(result);
        var lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        tag(lines, "SPDXVersion", Spdx2.VERSION);
        tag(lines, "DataLicense", Spdx2.DATA_LICENSE);
        tag(lines, "SPDXID", Spdx2.DOCUMENT);
        tag(lines, "DocumentName", view.result().imageName());
        tag(lines, "DocumentNamespace", Spdx2.namespace(view));
        tag(lines, "DocumentComment", text(Spdx2.comment(view)));
        tag(lines, "Creator", Spdx2.tool(view));
        tag(lines, "Created", view.created());
        for (var item : Spdx2.packages(view)) {
            lines.write("\n");
            item(lines, view, item);
        }
        for (Map.Entry<String, String> license : view.licenseTexts().entrySet()) {
            lines.write("\n");
            tag(lines, "LicenseID", license.getKey());
            tag(lines, "ExtractedText", text(license.getValue()));
        }
        lines.write("\n");
        for (var edge : Spdx2.relationships(view)) {
            tag(lines, "Relationship", edge.from() + " " + edge.type() + " " + edge.to());
            if (!edge.comment().isEmpty()) {
                tag(lines, "RelationshipComment", text(edge.comment()));
            }
        }
        lines.flush();
    }

    private static void item(Writer lines, SbomView view, Spdx2.Component item) throws IOException {
        tag(lines, "PackageName", item.name());
        tag(lines, "SPDXID", item.id());
        present(lines, "PackageVersion", item.version());
        tag(lines, "PackageSupplier", item.supplier());
        tag(lines, "PackageDownloadLocation", item.download());
        tag(lines, "FilesAnalyzed", "false");
        if (item.hash().isPresent()) {
            var hash = item.hash().get();
            tag(lines, "PackageChecksum", hash.spdxName() + ": " + hash.hex());
        }
        present(lines, "PackageHomePage", item.homepage().orElse(""));
        if (!item.sourceInfo().isEmpty()) {
            tag(lines, "PackageSourceInfo", text(item.sourceInfo()));
        }
        tag(lines, "PackageLicenseConcluded", SbomView.NO_ASSERTION);
        tag(lines, "PackageLicenseDeclared", item.license());
        tag(lines, "PackageCopyrightText", SbomView.NO_ASSERTION);
        if (item.summary().isPresent()) {
            tag(lines, "PackageSummary", text(item.summary().get()));
        }
        for (var reference : item.references()) {
            tag(lines, "ExternalRef", reference.category() + " " + reference.type() + " " + reference.locator());
        }
        tag(lines, "PrimaryPackagePurpose", item.purpose().replace('_', '-'));
        tag(lines, "Annotator", Spdx2.tool(view));
        tag(lines, "AnnotationDate", view.created());
        tag(lines, "AnnotationType", "OTHER");
        tag(lines, "SPDXREF", item.id());
        tag(lines, "AnnotationComment", text(item.comment()));
    }

    /// A text that may have several lines; its end mark cannot stand within.
    private static String text(String text) {
        return "<text>" + text.replace("</text>", "< /text>") + "</text>";
    }

    private static void present(Writer lines, String tag, String value) throws IOException {
        if (!value.isEmpty()) {
            tag(lines, tag, value);
        }
    }

    private static void tag(Writer lines, String tag, String value) throws IOException {
        lines.write(tag + ": " + (value.startsWith("<text>") ? value : Spdx2.oneLine(value)) + "\n");
    }
}
