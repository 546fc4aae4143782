package dev.plimsoll.inventory.serial;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.purl.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the serial form that {@link InventoryWriter} writes. What a later minor version added is passed over.
public final class InventoryReader {

    /// In bytes; 150,000 files and 3,000 packages take about 20 million.
    public static final long MAX_FILE = 192L << 20;

    private static final JsonLimits LIMITS = JsonLimits.FOREIGN.withBytes(MAX_FILE);

    private InventoryReader() {}

    /// @throws IOException when the file cannot be read or is no inventory of a version known here; the message names
    /// file and place
    public static Inventory read(Path file) throws IOException {
        try {
            var size = Files.size(file);
            if (size > MAX_FILE) {
                throw new JsonException("over " + MAX_FILE + " bytes");
            }
            try (var in = Files.newInputStream(file)) {
                return inventory(new Node("", JsonReader.read(in, LIMITS)));
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no inventory " + file, e);
        } catch (IOException e) {
            throw new IOException("cannot read the inventory " + file + ": " + e.getMessage(), e);
        }
    }

    /// @throws JsonException when the text is no inventory of a version known here; the message names the place
    public static Inventory read(byte[] text) throws JsonException {
        return inventory(new Node("", JsonReader.read(text, LIMITS)));
    }

    private static Inventory inventory(Node root) throws JsonException {
        var version = root.text("version");
        if (!root.text("schema").equals(InventoryWriter.SCHEMA) || !version.startsWith("1.")) {
            throw new JsonException("not an inventory of version 1: schema '" + root.text("schema") + "', version '"
                    + version + "'; write it anew with `plimsoll sbom IMAGE -o inventory=FILE`");
        }
        var layers = root.object("image").array("layers").size();
        var distribution = root.optional("distribution");
        var packages = new ArrayList<ImagePackage>();
        for (var item : root.array("packages")) {
            packages.add(item(item, layers));
        }
        Optional<FileTable> files = Optional.empty();
        if (root.optional("files").isPresent()) {
            var entries = new ArrayList<FileEntry>();
            for (var file : root.array("files")) {
                entries.add(file(file, layers));
            }
            files = Optional.of(FileTable.of(entries));
        }
        var unknowns = new ArrayList<Unknown>();
        for (var unknown : root.array("unknowns")) {
            unknowns.add(new Unknown(
                    unknown.text("path"), unknown.integer("layer"), unknown.text("place"), unknown.text("reason")));
        }
        return new Inventory(
                image(root.object("image")),
                distribution.isPresent() ? Optional.of(distribution(distribution.get())) : Optional.empty(),
                packages,
                files,
                root.texts("digested"),
                root.optionalText("dockerfile"),
                unknowns,
                root.texts("analyzers"));
    }

    private static Distribution distribution(Node node) throws JsonException {
        return new Distribution(
                node.text("id"),
                node.text("versionId"),
                node.text("codename"),
                node.texts("like"),
                node.text("prettyName"));
    }

    private static ImageFacts image(Node node) throws JsonException {
        var layers = new ArrayList<LayerFacts>();
        for (var layer : node.array("layers")) {
            layers.add(new LayerFacts(
                    layer.digest("digest"),
                    layer.optionalDigest("diffId"),
                    layer.text("mediaType"),
                    layer.number("size"),
                    layer.number("unpackedSize"),
                    layer.text("createdBy")));
        }
        return new ImageFacts(
                node.text("transport"),
                node.texts("names"),
                node.digest("id"),
                node.optionalDigest("manifestDigest"),
                node.platform("platform"),
                configuration(node.object("configuration")),
                layers);
    }

    private static ImageConfiguration configuration(Node node) throws JsonException {
        var history = new ArrayList<HistoryEntry>();
        for (var step : node.array("history")) {
            history.add(new HistoryEntry(
                    step.text("created"), step.text("createdBy"), step.text("comment"), step.bool("emptyLayer")));
        }
        return new ImageConfiguration(
                node.text("os"),
                node.text("architecture"),
                node.text("variant"),
                node.text("created"),
                node.text("author"),
                node.text("user"),
                node.texts("exposedPorts"),
                node.texts("environment"),
                node.texts("entrypoint"),
                node.texts("command"),
                node.text("workingDirectory"),
                node.texts("volumes"),
                node.object("labels").textMembers(),
                node.text("stopSignal"),
                node.texts("shell"),
                node.texts("onBuild"),
                node.optional("healthcheck").isPresent() ? Optional.of(node.texts("healthcheck")) : Optional.empty(),
                history,
                node.digests("diffIds"));
    }

    private static ImagePackage item(Node node, int layers) throws JsonException {
        var locations = new ArrayList<Location>();
        for (var location : node.array("locations")) {
            locations.add(new Location(location.text("path"), location.layer("layer", layers)));
        }
        var source = node.optional("source");
        return new ImagePackage(
                node.purl("purl"),
                node.packageType("type"),
                node.text("name"),
                node.text("version"),
                source.isPresent()
                        ? Optional.of(new SourcePackage(
                                source.get().text("name"), source.get().text("version")))
                        : Optional.empty(),
                node.text("architecture"),
                node.text("modularity"),
                node.choice("evidence", "installed", "declared").equals("installed")
                        ? Evidence.INSTALLED
                        : Evidence.DECLARED,
                node.text("analyzer"),
                locations,
                node.layer("layer", layers),
                node.texts("licenses"),
                node.texts("ownedFiles"),
                node.optionalPurl("ownedBy"));
    }

    private static FileEntry file(Node node, int layers) throws JsonException {
        var cells = node.elements();
        if (cells.size() < 7 || cells.size() > 9) {
            throw node.wrong("holds " + cells.size() + " elements where 7 to 9 belong");
        }
        var layer = Math.toIntExact(cells.get(6).asNumber(0, layers - 1L));
        return new FileEntry(
                cells.get(0).asText(),
                kind(cells.get(1)),
                cells.get(2).asOctal(),
                cells.get(3).asNumber(0, Long.MAX_VALUE),
                cells.get(4).asNumber(0, Long.MAX_VALUE),
                cells.get(5).asNumber(0, Long.MAX_VALUE),
                layer,
                cells.size() > 7 ? cells.get(7).asText() : "",
                cells.size() > 8 ? Optional.of(cells.get(8).asText()) : Optional.empty());
    }

    private static FileEntry.Kind kind(Node node) throws JsonException {
        var at = InventoryWriter.KINDS.indexOf(node.asText());
        if (at < 0) {
            throw node.wrong("is no kind of file; kinds are " + String.join(" ", InventoryWriter.KINDS));
        }
        return List.of(FileEntry.Kind.values()).get(at);
    }
}
