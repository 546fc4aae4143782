package dev.plimsoll.report;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.purl.Distribution;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A software bill of materials.
///
/// Source: CycloneDX 1.6, JSON reference. The serial number is derived from the image and what was found in it, so the
/// same inputs give the same bytes.
final class CycloneDxFormat implements ReportFormat {

    /// One identifier of the SPDX licence list, by its form; anything else is a name.
    private static final Pattern SPDX_EXPRESSION = Pattern.compile("[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)+");

    @Override
    public String name() {
        return "cyclonedx-json";
    }

    @Override
    public String description() {
        return "software bill of materials, CycloneDX 1.6";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var references = references(result.inventory().packages());
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
                json.member("bomFormat", "CycloneDX");
                json.member("specVersion", "1.6");
                json.member("serialNumber", "urn:uuid:" + serialNumber(result, references));
                json.member("version", 1);
                metadata(json, result);
                json.array("components", () -> {
                    result.inventory().distribution().ifPresent(found -> system(json, found));
                    references.forEach((reference, item) -> component(json, reference, item));
                });
            });
        }
    }

    private static void metadata(JsonWriter json, Result result) {
        json.object("metadata", () -> {
            json.member("timestamp", result.at().toString());
            json.object(
                    "tools",
                    () -> json.array(
                            "components",
                            () -> json.object(() -> json.member("type", "application")
                                    .member("name", "plimsoll")
                                    .member("version", result.toolVersion()))));
            json.object(
                    "component",
                    () -> json.member("type", "container")
                            .member("bom-ref", identity(result))
                            .member("name", result.imageName())
                            .member(
                                    "version",
                                    result.inventory()
                                            .image()
                                            .manifestDigest()
                                            .or(() -> result.inventory().image().id())
                                            .map(Object::toString)));
        });
    }

    private static void system(JsonWriter json, Distribution found) {
        json.object(() -> {
            json.member("type", "operating-system").member("bom-ref", "os:" + found.qualifier());
            json.member("name", found.id());
            if (!found.versionId().isEmpty()) {
                json.member("version", found.versionId());
            }
            if (!found.prettyName().isEmpty()) {
                json.member("description", found.prettyName());
            }
        });
    }

    private static void component(JsonWriter json, String reference, ImagePackage item) {
        json.object(() -> {
            json.member("type", "library").member("bom-ref", reference);
            if (item.type().ofDistribution() || item.purl().namespace().isEmpty()) {
                json.member("name", item.name());
            } else {
                json.member("group", item.purl().namespace())
                        .member("name", item.purl().name());
            }
            json.member("version", item.version());
            licenses(json, item.licenses());
            json.member("purl", item.purl().toString());
            json.array("properties", () -> {
                property(json, "plimsoll:analyzer", item.analyzer());
                item.layer().ifPresent(layer -> property(json, "plimsoll:layer", String.valueOf(layer)));
                item.locations().forEach(location -> property(json, "plimsoll:location", "/" + location.path()));
                item.ownedBy().ifPresent(owner -> property(json, "plimsoll:owned-by", owner.toString()));
                if (!item.modularity().isEmpty()) {
                    property(json, "plimsoll:modularity", item.modularity());
                }
            });
        });
    }

    /// The schema takes either one expression or a list of licences.
    private static void licenses(JsonWriter json, List<String> licenses) {
        if (licenses.isEmpty()) {
            return;
        }
        json.array("licenses", () -> {
            if (licenses.size() == 1
                    && SPDX_EXPRESSION.matcher(licenses.getFirst()).matches()) {
                json.object(() -> json.member("expression", licenses.getFirst()));
            } else {
                licenses.forEach(name -> json.object(() -> json.object("license", () -> json.member("name", name))));
            }
        });
    }

    private static void property(JsonWriter json, String name, String value) {
        json.object(() -> json.member("name", name).member("value", value));
    }

    /// References must be unique in the document; the same package in two places gets its place added.
    private static Map<String, ImagePackage> references(List<ImagePackage> packages) {
        Map<String, ImagePackage> references = new LinkedHashMap<>();
        for (var item : packages) {
            var plain = item.purl().toString();
            var reference = plain;
            for (int i = 2; references.containsKey(reference); i++) {
                reference = plain + "#" + i;
            }
            references.put(reference, item);
        }
        return references;
    }

    /// What stands for the image in the document: its id, else the next best that tells it from others.
    private static String identity(Result result) {
        var image = result.inventory().image();
        return image.id()
                .or(image::manifestDigest)
                .map(Object::toString)
                .or(() -> result.inventory().document().map(document -> "document:" + document.digest()))
                .orElseGet(() -> "image:" + result.imageName());
    }

    private static UUID serialNumber(Result result, Map<String, ImagePackage> references) {
        var text = new StringBuilder(identity(result));
        references.keySet().forEach(reference -> text.append('\n').append(reference));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
