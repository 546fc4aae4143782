package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// SPDX 3 in JSON-LD: one list of elements in any order, which name each other. Not safe for several threads.
///
/// Source: SPDX 3.0.1, profiles Core, Software, SimpleLicensing and ExpandedLicensing; its JSON schema.
final class Spdx3Graph {

    private static final String CONTEXT = "https://spdx.org/rdf/3.";

    /// In bytes, about: what an entry of a map takes beside its characters.
    private static final int ENTRY = 100;

    private static final Set<String> VERSIONS = Set.of("3.0.0", "3.0.1");

    /// Purposes of what is no package.
    private static final Set<String> NO_PACKAGES =
            Set.of("file", "data", "device", "source", "documentation", "evidence", "bom", "manifest", "model");

    private final SbomLimits limits;
    private final InventoryDraft draft;
    private final List<Component> packages = new ArrayList<>();
    private final Set<String> roots = new HashSet<>();
    /// Ids of those who made the document, and of all persons and organisations.
    private final Set<String> authors = new HashSet<>();
    private final Set<String> people = new HashSet<>();
    /// Of elements that are licences, by their ids.
    private final Map<String, String> licenses = new HashMap<>();
    /// Ids of licences, by the ids of packages.
    private final Map<String, List<String>> declared = new HashMap<>();
    /// What Plimsoll said, by the ids of elements.
    private final Map<String, Map<String, List<String>>> said = new HashMap<>();
    private final List<OperatingSystem> operatingSystems = new ArrayList<>();
    private String image = "";
    private int kept;
    private String version = "";

    /// A package with that purpose, whose annotation may come later.
    private record OperatingSystem(String place, String id, String name, String version) {}

    Spdx3Graph(SbomLimits limits) {
        this.limits = limits;
        this.draft = new InventoryDraft(limits);
    }

    static boolean isOne(JsonObject root) {
        return root.get("@context").stream()
                .flatMap(value -> value instanceof JsonArray(var elements)
                        ? elements.stream()
                        : java.util.stream.Stream.of(value))
                .anyMatch(value -> value instanceof JsonString(var text) && text.startsWith(CONTEXT));
    }

    InventoryDraft draft() {
        return draft;
    }

    /// An element of `@graph`.
    void element(int index, JsonObject element) throws SbomException {
        var type = element.string("type").or(() -> element.string("@type")).orElse("");
        switch (type) {
            case "CreationInfo" -> {
                version = element.string("specVersion").orElse(version);
                draft.states(Statement.TIMESTAMP, element.string("created").orElse(""));
                for (var author : element.strings("createdBy")) {
                    draft.hold(ENTRY + author.length());
                    authors.add(author);
                }
            }
            case "Person", "Organization" -> {
                draft.hold(ENTRY + id(element).length());
                people.add(id(element));
            }
            case "Tool" -> draft.tool(element.string("name").orElse(""), "");
            case "SpdxDocument", "software_Sbom", "Bom" -> {
                for (var kind : element.strings("software_sbomType")) {
                    draft.states(Statement.GENERATION_CONTEXT, kind);
                }
                for (var root : element.strings("rootElement")) {
                    draft.hold(ENTRY + root.length());
                    roots.add(root);
                }
            }
            case "software_Package" -> software("@graph/" + index, element);
            case "simplelicensing_LicenseExpression" ->
                license(
                        element,
                        element.string("simplelicensing_licenseExpression").orElse(""));
            case "expandedlicensing_ListedLicense", "expandedlicensing_CustomLicense" ->
                license(element, element.string("name").orElse(""));
            case "Annotation" -> annotation(element);
            case "Relationship", "LifecycleScopedRelationship" -> relationship(element);
            default -> {
                // files, people, and what other profiles say
            }
        }
    }

    private static String id(JsonObject element) {
        return element.string("spdxId").or(() -> element.string("@id")).orElse("");
    }

    private void keep() throws SbomException {
        if (++kept > limits.packages()) {
            throw SbomLimits.exceeded("packages and licences", limits.packages(), "sbom-packages");
        }
    }

    private void license(JsonObject element, String text) throws SbomException {
        keep();
        draft.hold(ENTRY + id(element).length() + text.length());
        if (!text.isEmpty()) {
            licenses.put(id(element), text);
        }
    }

    /// Those of Plimsoll; the JSON object stands alone there, its type is `application/json`.
    private void annotation(JsonObject element) throws SbomException {
        var statement = element.string("statement").orElse("");
        if (statement.startsWith(PlimsollProperties.PREFIX)) {
            var values = JsonDocument.object(statement
                            .substring(PlimsollProperties.PREFIX.length())
                            .strip())
                    .map(JsonDocument::lists)
                    .orElse(Map.of());
            var subject = element.string("subject").orElse("");
            keep();
            draft.hold(ENTRY + subject.length() + 2L * statement.length());
            said.put(subject, values);
        }
    }

    private void relationship(JsonObject element) throws SbomException {
        var type = element.string("relationshipType").orElse("");
        if (type.equals("dependsOn")) {
            for (var to : texts(element.get("to").orElse(JsonObject.EMPTY))) {
                draft.needs(element.string("from").orElse(""), to);
            }
        }
        if (type.equals("hasDeclaredLicense")) {
            keep();
            var from = element.string("from").orElse("");
            var to = texts(element.get("to").orElse(JsonObject.EMPTY));
            for (var license : to) {
                draft.hold(ENTRY + license.length());
            }
            draft.hold(ENTRY + from.length());
            declared.computeIfAbsent(from, _ -> new ArrayList<>()).addAll(to);
        }
    }

    private static List<String> texts(JsonValue value) {
        return switch (value) {
            case JsonString(var text) -> List.of(text);
            case JsonArray(var elements) ->
                elements.stream().flatMap(each -> texts(each).stream()).toList();
            default -> List.of();
        };
    }

    private void software(String place, JsonObject element) throws SbomException {
        var name = element.string("name").orElse("");
        var itsVersion = element.string("software_packageVersion").orElse("");
        var url = packageUrl(element);
        switch (element.string("software_primaryPurpose").orElse("")) {
            case "container" -> {
                image = id(element);
                draft.image.name(name);
                PackageUrl.parse(url).ifPresent(draft.image::packageUrl);
            }
            case "operatingSystem" -> {
                keep();
                operatingSystems.add(new OperatingSystem(place, id(element), name, itsVersion));
            }
            case String purpose -> {
                if (!url.isEmpty() || !NO_PACKAGES.contains(purpose)) {
                    keep();
                    var component = new Component(place, name, itsVersion);
                    component.packageUrl = url;
                    component.reference = id(element);
                    for (var identifier : element.objects("externalIdentifier")) {
                        if (identifier
                                .string("externalIdentifierType")
                                .orElse("")
                                .equals("cpe23")) {
                            identifier.string("identifier").ifPresent(component.cpes::add);
                        }
                    }
                    draft.hold(component);
                    packages.add(component);
                }
            }
        }
    }

    private void distribution(OperatingSystem found) {
        DistributionName.said(said.getOrDefault(found.id(), Map.of()))
                .or(() -> DistributionName.of(found.name(), found.version(), "", List.of(), ""))
                .ifPresentOrElse(
                        draft::distribution,
                        () -> draft.unknown(
                                found.place(),
                                "'" + InventoryDraft.shown(found.name()) + "' is the name of no distribution"));
    }

    private static String packageUrl(JsonObject element) {
        return element.string("software_packageUrl")
                .or(() -> element.objects("externalIdentifier").stream()
                        .filter(identifier -> identifier
                                .string("externalIdentifierType")
                                .orElse("")
                                .equals("packageUrl"))
                        .flatMap(identifier -> identifier.string("identifier").stream())
                        .findFirst())
                .orElse("");
    }

    DocumentReading.Read finish(JsonObject root) throws SbomException {
        if (!VERSIONS.contains(version)) {
            throw new SbomException("it is SPDX '" + InventoryDraft.shown(version) + "'; " + Formats.READ_HERE);
        }
        authors.stream().filter(people::contains).forEach(author -> draft.states(Statement.AUTHOR, author));
        draft.said(said.getOrDefault(image, Map.of()));
        operatingSystems.forEach(this::distribution);
        for (var component : packages) {
            component.said.putAll(said.getOrDefault(component.reference, Map.of()));
            component.owner = component.said(PlimsollProperties.OWNED_BY);
            component
                    .said
                    .getOrDefault(PlimsollProperties.LOCATION, List.of())
                    .forEach(text -> component.locations.add(PlimsollProperties.place(text)));
            if (component.packageUrl.isEmpty() && roots.contains(component.reference)) {
                continue; // what the document is about
            }
            for (var license : declared.getOrDefault(component.reference, List.of())) {
                var text = SpdxPackage.said(licenses.getOrDefault(license, ""));
                if (!text.isEmpty()) {
                    component.licenses.add(text);
                }
            }
            draft.component(component);
        }
        return new DocumentReading.Read("SPDX " + version + " JSON-LD", "spdx-document/1", draft);
    }
}
