package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// SPDX 3.0.1 in JSON-LD: one list of elements with addresses, which name each other.
///
/// Source: SPDX 3.0.1, profiles Core, Software and SimpleLicensing; its JSON schema.
final class Spdx3Format implements ReportFormat {

    private static final String CREATION = "_:creation";

    /// SPDX writes the data licence as the address of a listed licence.
    private static final String DATA_LICENSE = "https://spdx.org/licenses/CC0-1.0";

    private final String name;

    Spdx3Format(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "software bill of materials, SPDX 3.0.1";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var view = SbomView.of(result);
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
                json.array("@graph", () -> new Graph(json, view).write());
            });
        }
    }

    /// One document while it is written.
    private static final class Graph {

        private final JsonWriter json;
        private final SbomView view;
        private final String base;
        private final Map<String, String> suppliers = new TreeMap<>();
        private final Map<String, String> licenses = new TreeMap<>();
        private int relationships;

        Graph(JsonWriter json, SbomView view) {
            this.json = json;
            this.view = view;
            this.base = "https://plimsoll.dev/spdx/" + view.serial() + "#";
            var names = new TreeSet<String>();
            names.add(SbomView.NO_ASSERTION);
            view.inventory().distribution().ifPresent(found -> names.add(found.id()));
            view.items().forEach(item -> {
                names.add(item.supplier());
                item.licensing()
                        .ifPresent(found -> licenses.computeIfAbsent(
                                found.expression().toString(), text -> base + "License-" + Identifiers.digits(text)));
            });
            names.forEach(text -> suppliers.put(text, base + "Organization-" + Identifiers.digits(text)));
        }

        private String packageId(String id) {
            return base + "Package-" + id;
        }

        void write() {
            json.object(() -> {
                json.member("type", "CreationInfo").member("@id", CREATION);
                json.member("specVersion", "3.0.1").member("created", view.created());
                json.strings("createdBy", List.of(base + "Agent"));
                json.strings("createdUsing", List.of(base + "Tool"));
                json.member("comment", Spdx2.comment(view));
            });
            var tool = "plimsoll-" + view.result().toolVersion();
            element("SoftwareAgent", base + "Agent", () -> json.member("name", tool));
            element("Tool", base + "Tool", () -> json.member("name", tool));
            suppliers.forEach((text, id) -> element("Organization", id, () -> json.member("name", text)));
            document();
            image();
            system();
            view.items().forEach(this::item);
            licenses.forEach(this::license);
            view.licenseTexts()
                    .forEach((id, text) -> element(
                            "simplelicensing_SimpleLicensingText",
                            base + id,
                            () -> json.member("name", id).member("simplelicensing_licenseText", text)));
            edges();
        }

        private void element(String type, String id, Runnable members) {
            json.object(() -> {
                json.member("type", type).member("spdxId", id).member("creationInfo", CREATION);
                members.run();
            });
        }

        private void document() {
            element("SpdxDocument", base + "Document", () -> {
                json.member("name", view.result().imageName());
                json.member("dataLicense", DATA_LICENSE);
                json.strings("profileConformance", List.of("core", "software", "simpleLicensing"));
                json.strings("rootElement", List.of(base + "Sbom"));
            });
            element("software_Sbom", base + "Sbom", () -> {
                json.strings("software_sbomType", List.of("analyzed"));
                json.strings("profileConformance", List.of("core", "software", "simpleLicensing"));
                json.strings("rootElement", List.of(base + "Image"));
            });
        }

        private void image() {
            element("software_Package", base + "Image", () -> {
                json.member("name", view.result().imageName());
                view.incompleteness().ifPresent(text -> json.member("comment", text));
                view.imageDigest().flatMap(Hash::parse).ifPresent(this::verified);
                json.member("suppliedBy", suppliers.get(SbomView.NO_ASSERTION));
                json.member("software_primaryPurpose", "container");
                json.member("software_copyrightText", SbomView.NO_ASSERTION);
                json.member("software_packageVersion", view.imageDigest());
                json.member("software_packageUrl", view.imagePurl());
            });
            annotation("Image", base + "Image", view.properties());
        }

        private void system() {
            view.inventory().distribution().ifPresent(found -> {
                element("software_Package", base + "OperatingSystem", () -> {
                    json.member("name", found.id());
                    if (!found.prettyName().isEmpty()) {
                        json.member("summary", found.prettyName());
                    }
                    json.member("suppliedBy", suppliers.get(found.id()));
                    json.member("software_primaryPurpose", "operatingSystem");
                    json.member("software_copyrightText", SbomView.NO_ASSERTION);
                    if (!found.versionId().isEmpty()) {
                        json.member("software_packageVersion", found.versionId());
                    }
                });
                annotation("OperatingSystem", base + "OperatingSystem", PlimsollProperties.of(found));
            });
        }

        private void item(SbomView.Item item) {
            var found = item.item();
            var id = packageId(item.id());
            element("software_Package", id, () -> {
                json.member("name", found.name());
                json.member("summary", item.property(PackageProperty.SUMMARY));
                CycloneDx.cpe(found)
                        .ifPresent(cpe -> json.array(
                                "externalIdentifier",
                                () -> json.object(() -> json.member("type", "ExternalIdentifier")
                                        .member("externalIdentifierType", "cpe23")
                                        .member("identifier", cpe))));
                item.hash().ifPresent(this::verified);
                json.member("suppliedBy", suppliers.get(item.supplier()));
                json.member(
                        "software_primaryPurpose",
                        CycloneDx.type(found).equals("application") ? "application" : "library");
                json.member("software_copyrightText", SbomView.NO_ASSERTION);
                json.member("software_packageVersion", found.version());
                json.member("software_packageUrl", found.purl().toString());
                json.member("software_downloadLocation", item.address(PackageProperty.DOWNLOAD));
                json.member("software_homePage", item.address(PackageProperty.HOMEPAGE));
            });
            annotation(item.id(), id, item.properties());
        }

        private void verified(Hash hash) {
            json.array(
                    "verifiedUsing",
                    () -> json.object(() -> json.member("type", "Hash")
                            .member("algorithm", "sha" + hash.digits())
                            .member("hashValue", hash.hex())));
        }

        private void annotation(String id, String subject, Map<String, List<String>> properties) {
            element("Annotation", base + "Annotation-" + id, () -> {
                json.member("annotationType", "other");
                json.member("subject", subject);
                json.member("statement", PlimsollProperties.comment(properties));
            });
        }

        private void license(String expression, String id) {
            element("simplelicensing_LicenseExpression", id, () -> {
                json.member("simplelicensing_licenseExpression", expression);
                var references = view.licenseTexts().keySet().stream()
                        .filter(expression::contains)
                        .toList();
                if (!references.isEmpty()) {
                    json.array(
                            "simplelicensing_customIdToUri",
                            () -> references.forEach(
                                    reference -> json.object(() -> json.member("type", "DictionaryEntry")
                                            .member("key", reference)
                                            .member("value", base + reference))));
                }
            });
        }

        private void edges() {
            var contained = view.items().stream()
                    .map(item -> packageId(item.id()))
                    .collect(Collectors.toCollection(ArrayList::new));
            view.inventory().distribution().ifPresent(_ -> contained.addFirst(base + "OperatingSystem"));
            if (!contained.isEmpty()) {
                // what could not be read may hold more
                relationship(
                        base + "Image",
                        "contains",
                        contained,
                        view.incompleteness().isPresent());
            }
            for (var item : view.items()) {
                var id = packageId(item.id());
                item.licensing()
                        .ifPresent(found -> relationship(
                                id,
                                "hasDeclaredLicense",
                                List.of(licenses.getOrDefault(found.expression().toString(), "")),
                                false));
                item.owner().ifPresent(owner -> relationship(packageId(owner), "contains", List.of(id), false));
                if (!item.needs().isEmpty()) {
                    relationship(
                            id,
                            "dependsOn",
                            item.needs().stream().map(this::packageId).toList(),
                            false);
                }
            }
        }

        private void relationship(String from, String type, List<String> to, boolean incomplete) {
            element("Relationship", base + "Relationship-" + ++relationships, () -> {
                json.member("from", from).member("relationshipType", type).strings("to", to);
                json.member("completeness", incomplete ? "incomplete" : "noAssertion");
            });
        }
    }
}
