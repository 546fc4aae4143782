package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// JSON as Syft writes it, for programs that take nothing else. What Syft has no member for stands in members named
/// `plimsoll`, which its readers pass over.
///
/// Source: Syft, `schema/json`, version 16, and its package `syftjson/model`.
final class SyftJsonFormat implements ReportFormat {

    /// The schema whose members are written; readers of later ones know them too.
    private static final String SCHEMA = "16.1.0";

    @Override
    public String name() {
        return "syft-json";
    }

    @Override
    public String description() {
        return "software bill of materials, as Syft writes it (schema 16)";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        var view = SbomView.of(result);
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.array("artifacts", () -> view.items().forEach(item -> artifact(json, view, item)));
                json.array("artifactRelationships", () -> relationships(json, view));
                json.array("files", () -> {});
                json.object("source", () -> source(json, view));
                json.object("distro", () -> distribution(json, view));
                json.object(
                        "descriptor",
                        () -> json.member("name", "plimsoll")
                                .member("version", result.toolVersion())
                                .object(
                                        "configuration",
                                        () -> json.member("timestamp", view.created())
                                                .member("lifecycle", CycloneDx.LIFECYCLE)
                                                .member("author", CycloneDx.AUTHOR)));
                properties(json, view.properties());
                // Syft looks for the schema at the end
                json.object(
                        "schema",
                        () -> json.member("version", SCHEMA)
                                .member(
                                        "url",
                                        "https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-"
                                                + SCHEMA + ".json"));
            });
        }
    }

    private static void properties(JsonWriter json, Map<String, List<String>> properties) {
        json.object("plimsoll", () -> properties.forEach(json::strings));
    }

    private static void artifact(JsonWriter json, SbomView view, SbomView.Item item) {
        var found = item.item();
        var type = SyftType.of(found.type());
        json.object(() -> {
            json.member("id", item.id());
            json.member("name", found.name());
            json.member("version", found.version());
            json.member("type", type.word());
            json.member("foundBy", found.analyzer());
            json.array("locations", () -> locations(json, view, found));
            json.array("licenses", () -> item.licensing().ifPresent(licensing -> license(json, found, licensing)));
            json.member("language", type.language());
            json.array(
                    "cpes",
                    () -> found.cpes()
                            .forEach(cpe ->
                                    json.object(() -> json.member("cpe", cpe).member("source", "declared"))));
            json.member("purl", found.purl().toString());
            new SyftMetadata(json, item).write();
            json.member("supplier", item.supplier());
            properties(json, item.properties());
        });
    }

    private static void locations(JsonWriter json, SbomView view, ImagePackage found) {
        var layers = view.inventory().image().layers();
        found.locations()
                .forEach(location -> json.object(() -> {
                    json.member("path", "/" + location.path());
                    int layer = location.layer().orElse(-1);
                    if (layer >= 0 && layer < layers.size()) {
                        json.member("layerID", layers.get(layer).diffId().map(Object::toString));
                    }
                    json.member("accessPath", "/" + location.path());
                    json.object("annotations", () -> json.member("evidence", "primary"));
                }));
    }

    private static void license(JsonWriter json, ImagePackage found, Licensing licensing) {
        var expression = licensing.expression().toString();
        json.object(() -> {
            json.member("value", found.licenses().size() == 1 ? found.licenses().getFirst() : expression);
            json.member("spdxExpression", licensing.onlyText().isPresent() ? "" : expression);
            json.member("type", "declared");
            json.array("urls", () -> {});
            json.array("locations", () -> {});
        });
    }

    private static void relationships(JsonWriter json, SbomView view) {
        var image = Identifiers.digits(view.identity());
        for (var item : view.items()) {
            relationship(json, image, item.id(), "contains");
            item.owner().ifPresent(owner -> relationship(json, owner, item.id(), "ownership-by-file-overlap"));
            item.needs().forEach(need -> relationship(json, need, item.id(), "dependency-of"));
        }
    }

    private static void relationship(JsonWriter json, String parent, String child, String type) {
        json.object(() -> json.member("parent", parent).member("child", child).member("type", type));
    }

    private static void source(JsonWriter json, SbomView view) {
        var image = view.inventory().image();
        json.member("id", Identifiers.digits(view.identity()));
        json.member("name", view.result().imageName());
        json.member("version", view.imageDigest().orElse(""));
        json.member("type", "image");
        json.object("metadata", () -> {
            json.member("userInput", view.result().imageName());
            json.member("imageID", image.id().map(Object::toString).orElse(""));
            json.member(
                    "manifestDigest",
                    image.manifestDigest().map(Object::toString).orElse(""));
            json.member("mediaType", "");
            json.strings("tags", image.names());
            json.member(
                    "imageSize",
                    image.layers().stream()
                            .mapToLong(layer -> layer.unpackedSize().orElse(0))
                            .sum());
            json.array(
                    "layers",
                    () -> image.layers()
                            .forEach(layer -> json.object(() -> json.member("mediaType", layer.mediaType())
                                    .member(
                                            "digest",
                                            layer.diffId().map(Object::toString).orElse(""))
                                    .member("size", layer.unpackedSize().orElse(0)))));
            json.strings("repoDigests", image.repoDigests());
            image.platform()
                    .ifPresent(platform ->
                            json.member("architecture", platform.architecture()).member("os", platform.os()));
            image.configuration()
                    .ifPresent(configuration ->
                            json.object("labels", () -> configuration.labels().forEach(json::member)));
        });
    }

    private static void distribution(JsonWriter json, SbomView view) {
        view.inventory().distribution().ifPresent(found -> {
            json.member("prettyName", found.prettyName());
            json.member("name", found.id());
            json.member("id", found.id());
            json.strings("idLike", found.like());
            json.member("versionID", found.versionId());
            json.member("versionCodename", found.codename());
            properties(json, PlimsollProperties.of(found));
        });
    }
}
