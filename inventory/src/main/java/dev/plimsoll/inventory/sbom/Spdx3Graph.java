package dev.plimsoll.inventory.sbom;

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
    /// Of elements that are licences, by their ids.
    private final Map<String, String> licenses = new HashMap<>();
    /// Ids of licences, by the ids of packages.
    private final Map<String, List<String>> declared = new HashMap<>();
    private int kept;
    private String version = "";

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
            case "CreationInfo" -> version = element.string("specVersion").orElse(version);
            case "Tool" -> draft.tool(element.string("name").orElse(""), "");
            case "SpdxDocument", "software_Sbom", "Bom" -> {
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

    private void relationship(JsonObject element) throws SbomException {
        var type = element.string("relationshipType").orElse("");
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
                draft.image.name(name);
                PackageUrl.parse(url).ifPresent(draft.image::packageUrl);
            }
            case "operatingSystem" ->
                DistributionName.of(name, itsVersion, "", List.of(), "")
                        .ifPresentOrElse(
                                draft::distribution,
                                () -> draft.unknown(
                                        place, "'" + InventoryDraft.shown(name) + "' is the name of no distribution"));
            case String purpose -> {
                if (!url.isEmpty() || !NO_PACKAGES.contains(purpose)) {
                    keep();
                    var component = new Component(place, name, itsVersion);
                    component.packageUrl = url;
                    component.reference = id(element);
                    draft.hold(component);
                    packages.add(component);
                }
            }
        }
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
        for (var component : packages) {
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
