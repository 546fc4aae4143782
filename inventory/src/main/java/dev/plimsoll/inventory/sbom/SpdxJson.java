package dev.plimsoll.inventory.sbom;

import dev.plimsoll.json.JsonValue.JsonObject;

/// SPDX 2 in JSON.
///
/// Source: SPDX 2.3, JSON schema.
final class SpdxJson {

    private final SpdxDocument document;

    SpdxJson(SbomLimits limits) {
        this.document = new SpdxDocument(limits);
    }

    InventoryDraft draft() {
        return document.draft();
    }

    /// An element of `packages`.
    void item(int index, JsonObject element) throws SbomException {
        var item = new SpdxPackage();
        item.place = "packages/" + index;
        item.name = text(element, "name");
        item.id = text(element, "SPDXID");
        item.version = text(element, "versionInfo");
        item.purpose = text(element, "primaryPackagePurpose");
        item.licenseDeclared = text(element, "licenseDeclared");
        item.licenseConcluded = text(element, "licenseConcluded");
        item.sourceInfo = text(element, "sourceInfo");
        for (var reference : element.objects("externalRefs")) {
            item.reference(text(reference, "referenceType"), text(reference, "referenceLocator"));
        }
        for (var annotation : element.objects("annotations")) {
            item.comments.add(text(annotation, "comment"));
        }
        // until 2.2 Trivy wrote there what it writes to annotations now
        element.strings("attributionTexts").forEach(item.comments::add);
        document.item(item);
    }

    /// An element of `relationships`.
    void relationship(int index, JsonObject element) throws SbomException {
        document.relationship(
                text(element, "spdxElementId"),
                text(element, "relationshipType"),
                text(element, "relatedSpdxElement"),
                text(element, "comment"));
    }

    private static String text(JsonObject object, String name) {
        return SpdxPackage.said(object.string(name).orElse(""));
    }

    DocumentReading.Read finish(JsonObject root) throws SbomException {
        root.object("creationInfo").strings("creators").forEach(document::creator);
        document.created(root.object("creationInfo").string("created").orElse(""));
        for (var id : root.strings("documentDescribes")) {
            document.describes(id);
        }
        return document.finish(root.string("spdxVersion").orElse(""), "JSON");
    }
}
