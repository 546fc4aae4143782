package dev.plimsoll.inventory.sbom;

import java.io.IOException;
import java.io.InputStream;

/// SPDX 2 as lines of `Tag: value`.
///
/// Source: SPDX 2.3, "Conformance", section "tag:value format"; a value between `<text>` and `</text>` may have several
/// lines. A package begins with its name and ends where another element begins.
final class SpdxTagValue {

    private static final String TEXT = "<text>";
    private static final String TEXT_END = "</text>";

    /// In characters: what a value counts beside its own.
    private static final int VALUE = 50;

    private final TextLines lines;
    private final SbomLimits limits;
    private final SpdxDocument document;
    private SpdxPackage current = new SpdxPackage();
    /// Whether the tags that come belong to {@link #current}.
    private boolean inPackage;
    /// Of the values of {@link #current}.
    private long characters;

    private int packages;
    private String version = "";
    private String[] relationship = new String[0];

    private SpdxTagValue(InputStream in, SbomLimits limits) {
        this.lines = new TextLines(in, limits.text());
        this.limits = limits;
        this.document = new SpdxDocument(limits);
    }

    static DocumentReading.Read read(InputStream in, SbomLimits limits) throws IOException {
        return new SpdxTagValue(in, limits).read();
    }

    private DocumentReading.Read read() throws IOException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            var text = line.get().strip();
            int colon = text.indexOf(':');
            if (text.isEmpty() || text.startsWith("#") || colon <= 0) {
                continue;
            }
            var tag = text.substring(0, colon).strip();
            take(tag, SpdxPackage.said(value(text.substring(colon + 1).strip())));
        }
        endOfRelationship("");
        endOfPackage();
        return document.finish(version, "tag-value");
    }

    private String value(String first) throws IOException {
        if (!first.startsWith(TEXT)) {
            return first;
        }
        int begin = lines.number();
        var text = new StringBuilder(first.substring(TEXT.length()));
        while (text.indexOf(TEXT_END) < 0) {
            var next = lines.next();
            if (next.isEmpty()) {
                throw new SbomException("the text that begins in line " + begin + " does not end");
            }
            if (text.length() + next.get().length() > limits.text()) {
                throw SbomLimits.exceeded("characters in the text of line " + begin, limits.text(), "sbom-text");
            }
            // only the end of what is there and what comes can hold the end mark
            if (next.get().contains(TEXT_END)) {
                text.append('\n').append(next.get());
                break;
            }
            text.append('\n').append(next.get());
        }
        int end = text.lastIndexOf(TEXT_END);
        return end < 0 ? text.toString() : text.substring(0, end);
    }

    private void take(String tag, String value) throws SbomException {
        if (tag.equals("RelationshipComment")) {
            endOfRelationship(value);
            return;
        }
        endOfRelationship("");
        switch (tag) {
            case "SPDXVersion" -> version = value;
            case "Creator" -> document.creator(value);
            case "Created" -> document.created(value);
            case "PackageName" -> {
                endOfPackage();
                current = new SpdxPackage();
                current.place = "package " + packages++ + " in line " + lines.number();
                current.name = value;
                inPackage = true;
                characters = 0;
            }
            case "FileName", "SnippetSPDXID", "LicenseID" -> endOfPackage();
            case "Relationship" -> relationship = value.split("\\s+", 3);
            default -> {
                if (inPackage) {
                    characters += VALUE + value.length();
                    if (characters > limits.text()) {
                        throw SbomLimits.exceeded("characters of " + current.place, limits.text(), "sbom-text");
                    }
                    ofPackage(tag, value);
                }
            }
        }
    }

    private void ofPackage(String tag, String value) {
        switch (tag) {
            case "SPDXID" -> current.id = value;
            case "PackageVersion" -> current.version = value;
            case "PrimaryPackagePurpose" -> current.purpose = value;
            case "PackageLicenseDeclared" -> current.licenseDeclared = value;
            case "PackageLicenseConcluded" -> current.licenseConcluded = value;
            case "PackageSourceInfo" -> current.sourceInfo = value;
            case "PackageAttributionText", "AnnotationComment" -> current.comments.add(value);
            case "ExternalRef" -> {
                var parts = value.split("\\s+", 3);
                if (parts.length == 3) {
                    current.reference(parts[1], parts[2].strip());
                }
            }
            default -> {
                // what no inventory holds
            }
        }
    }

    private void endOfPackage() throws SbomException {
        if (inPackage) {
            inPackage = false;
            document.item(current);
        }
    }

    private void endOfRelationship(String comment) throws SbomException {
        if (relationship.length == 3) {
            document.relationship(relationship[0], relationship[1], relationship[2].strip(), comment);
        }
        relationship = new String[0];
    }
}
