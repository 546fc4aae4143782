package dev.plimsoll.inventory.serial;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/// Writes an inventory in its serial form. The same inventory gives the same bytes.
///
/// Format: `inventory-1.schema.json` beside this class; docs/inventory-format.md.
public final class InventoryWriter {

    /// Names the form; its number is raised with every change that an older reader would misunderstand.
    public static final String SCHEMA = "https://plimsoll.dev/schema/inventory-1.schema.json";

    /// `major.minor`; the minor part is raised with every addition.
    public static final String VERSION = "1.3";

    /// What `filesUnsaid` names where nothing is known of the capabilities of files.
    static final String CAPABILITIES = "capabilities";

    private InventoryWriter() {}

    /// The stream stays open.
    public static void write(Inventory inventory, OutputStream out) throws IOException {
        try (var json = JsonWriter.compact(out)) {
            json.object(() -> {
                json.member("schema", SCHEMA).member("version", VERSION);
                json.strings("analyzers", inventory.analyzers());
                json.object("image", () -> image(json, inventory.image()));
                inventory
                        .distribution()
                        .ifPresent(found -> json.object(
                                "distribution",
                                () -> json.member("id", found.id())
                                        .member("versionId", found.versionId())
                                        .member("codename", found.codename())
                                        .strings("like", found.like())
                                        .member("prettyName", found.prettyName())));
                json.array("packages", () -> inventory.packages().forEach(item -> json.object(() -> item(json, item))));
                inventory
                        .files()
                        .ifPresent(files -> json.array("files", () -> files.forEach(file -> file(json, file))));
                inventory
                        .files()
                        .filter(files -> !files.tellsCapabilities())
                        .ifPresent(_ -> json.strings("filesUnsaid", List.of(CAPABILITIES)));
                json.member("analysis", inventory.analysis().map(Object::toString));
                json.strings("digested", inventory.digested());
                json.strings("excluded", inventory.excluded());
                json.member("dockerfile", inventory.dockerfile());
                json.array(
                        "unknowns",
                        () -> inventory
                                .unknowns()
                                .forEach(unknown -> json.object(() -> {
                                    json.member("path", unknown.path());
                                    unknown.layer().ifPresent(layer -> json.member("layer", layer));
                                    json.member("place", unknown.place()).member("reason", unknown.reason());
                                })));
                VerificationSection.write(json, inventory.contents().verification());
                inventory.document().ifPresent(found -> json.object("document", () -> document(json, found)));
                ContentsWriter.write(json, inventory.contents());
            });
        }
    }

    private static void image(JsonWriter json, ImageFacts image) {
        json.member("transport", image.transport())
                .strings("names", image.names())
                .strings("repoDigests", image.repoDigests())
                .member("id", image.id().map(Object::toString))
                .member("manifestDigest", image.manifestDigest().map(Object::toString))
                .member("platform", image.platform().map(Object::toString))
                .member("verified", image.verified());
        image.connection().ifPresent(connection -> json.member("connection", connection.word()));
        image.configuration()
                .ifPresent(configuration -> json.object("configuration", () -> configuration(json, configuration)));
        if (image.layersKnown()) {
            json.array("layers", () -> image.layers().forEach(layer -> json.object(() -> layer(json, layer))));
        }
        image.base().ifPresent(base -> json.object("base", () -> base(json, base)));
    }

    private static void base(JsonWriter json, BaseImage base) {
        if (!base.name().isEmpty()) {
            json.member("name", base.name());
        }
        json.member("digest", base.digest().map(Object::toString));
        base.layers().ifPresent(layers -> json.member("layers", layers));
        json.member("how", base.how().word());
    }

    private static void layer(JsonWriter json, LayerFacts layer) {
        json.member("digest", layer.digest().map(Object::toString))
                .member("diffId", layer.diffId().map(Object::toString))
                .member("mediaType", layer.mediaType());
        layer.size().ifPresent(size -> json.member("size", size));
        layer.unpackedSize().ifPresent(size -> json.member("unpackedSize", size));
        json.member("createdBy", layer.createdBy());
    }

    private static void document(JsonWriter json, SourceDocument document) {
        json.member("format", document.format())
                .member("digest", document.digest().toString())
                .strings("tools", document.tools())
                .strings(
                        "unsaid",
                        document.unsaid().stream().map(PackageFact::word).toList())
                .member("unidentified", document.unidentified());
        document.statements()
                .ifPresent(found -> json.strings(
                        "statements", found.stream().map(Statement::word).toList()));
    }

    private static void configuration(JsonWriter json, ImageConfiguration configuration) {
        json.member("os", configuration.os())
                .member("architecture", configuration.architecture())
                .member("variant", configuration.variant())
                .member("created", configuration.created())
                .member("author", configuration.author())
                .member("user", configuration.user())
                .strings("exposedPorts", configuration.exposedPorts())
                .strings("environment", configuration.environment())
                .strings("entrypoint", configuration.entrypoint())
                .strings("command", configuration.command())
                .member("workingDirectory", configuration.workingDirectory())
                .strings("volumes", configuration.volumes());
        json.object("labels", () -> configuration.labels().forEach(json::member));
        json.member("stopSignal", configuration.stopSignal())
                .strings("shell", configuration.shell())
                .strings("onBuild", configuration.onBuild());
        configuration.argsEscaped().ifPresent(escaped -> json.member("argsEscaped", escaped));
        HealthcheckSection.write(json, configuration.healthcheck());
        json.array(
                "history",
                () -> configuration
                        .history()
                        .forEach(step -> json.object(() -> json.member("created", step.created())
                                .member("createdBy", step.createdBy())
                                .member("comment", step.comment())
                                .member("emptyLayer", step.emptyLayer()))));
        json.strings(
                "diffIds",
                configuration.diffIds().stream().map(Object::toString).toList());
    }

    private static void item(JsonWriter json, ImagePackage item) {
        json.member("purl", item.purl().toString())
                .member("type", item.type().purlType())
                .member("name", item.name())
                .member("version", item.version());
        item.source()
                .ifPresent(source -> json.object(
                        "source", () -> json.member("name", source.name()).member("version", source.version())));
        json.member("architecture", item.architecture())
                .member("modularity", item.modularity())
                .member("evidence", item.evidence().name().toLowerCase(Locale.ROOT))
                .member("analyzer", item.analyzer());
        if (!item.locations().isEmpty()) {
            json.array(
                    "locations",
                    () -> item.locations()
                            .forEach(location -> json.object(() -> {
                                json.member("path", location.path());
                                location.layer().ifPresent(layer -> json.member("layer", layer));
                            })));
        }
        item.layer().ifPresent(layer -> json.member("layer", layer));
        json.strings("licenses", item.licenses())
                .strings("ownedFiles", item.ownedFiles())
                .member("ownedBy", item.ownedBy().map(Object::toString));
        if (!item.cpes().isEmpty()) {
            json.strings("cpes", item.cpes());
        }
        if (!item.dependencies().isEmpty()) {
            json.strings(
                    "dependencies",
                    item.dependencies().stream().map(Object::toString).toList());
        }
        if (!item.properties().isEmpty()) {
            json.object(
                    "attributes",
                    () -> item.properties().forEach((property, value) -> json.member(property.word(), value)));
        }
    }

    /// An array, because there are many: path, kind, mode in octal, user, group, size, layer, and where they exist link
    /// target, SHA-256 and capabilities; before one that exists an empty text stands for one that does not.
    private static void file(JsonWriter json, FileEntry file) {
        json.array(() -> {
            json.element(file.path())
                    .element(kind(file.kind()))
                    .element(String.format(Locale.ROOT, "%04o", file.mode()))
                    .element(file.userId())
                    .element(file.groupId())
                    .element(file.size())
                    .element(file.layer());
            var capable = file.capabilities().isPresent();
            if (!file.linkTarget().isEmpty() || file.sha256().isPresent() || capable) {
                json.element(file.linkTarget());
            }
            if (file.sha256().isPresent() || capable) {
                json.element(file.sha256().orElse(""));
            }
            file.capabilities().ifPresent(json::element);
        });
    }

    /// The letters that `ls -l` writes; `-` for a file.
    static final List<String> KINDS = List.of("-", "d", "l", "c", "b", "p");

    private static String kind(FileEntry.Kind kind) {
        return switch (kind) {
            case FILE -> "-";
            case DIRECTORY -> "d";
            case SYMBOLIC_LINK -> "l";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case FIFO -> "p";
        };
    }
}
