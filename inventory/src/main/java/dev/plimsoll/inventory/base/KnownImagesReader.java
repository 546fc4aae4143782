package dev.plimsoll.inventory.base;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads images that others may have been built on: a list in JSON or YAML, or a folder of inventories and such lists.
///
/// Format: docs/ancestors.md.
public final class KnownImagesReader {

    /// In bytes, of one list.
    public static final long MAX_LIST = 16L << 20;

    /// In files of a folder.
    public static final int MAX_FILES = 10_000;

    /// In images of all lists together.
    public static final int MAX_IMAGES = 100_000;

    private final List<KnownImage> images = new ArrayList<>();

    private KnownImagesReader() {}

    /// @throws IOException when it cannot be read, or is over a limit; the message names file and place
    public static List<KnownImage> read(Path place) throws IOException {
        var reader = new KnownImagesReader();
        for (var file : files(place)) {
            reader.add(file);
        }
        return List.copyOf(reader.images);
    }

    /// The files that are read of a place, sorted.
    ///
    /// @throws IOException when a folder cannot be read, is over a limit, or holds none
    public static List<Path> files(Path place) throws IOException {
        return Files.isDirectory(place) ? filesOf(place) : List.of(place);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            var files = children.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
            if (files.size() > MAX_FILES) {
                throw new IOException(folder + " holds over " + MAX_FILES + " files");
            }
            if (files.isEmpty()) {
                throw new IOException(folder + " holds no .json, .yaml or .yml file");
            }
            return files;
        }
    }

    private void add(Path file) throws IOException {
        if (isInventory(file)) {
            add(InventoryReader.read(file).image(), file);
            return;
        }
        try {
            if (Files.size(file) > MAX_LIST) {
                throw new JsonException("over " + MAX_LIST + " bytes");
            }
            addList(YamlReader.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IOException("cannot read the known images of " + file + ": " + e.getMessage(), e);
        }
    }

    /// An inventory names its schema first of all, as Plimsoll writes it.
    private static boolean isInventory(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var start = new String(in.readNBytes(200), StandardCharsets.UTF_8);
            return start.contains("/schema/inventory-");
        }
    }

    private void add(ImageFacts image, Path file) throws IOException {
        var diffIds = image.layers().stream()
                .flatMap(layer -> layer.diffId().stream())
                .toList();
        if (diffIds.isEmpty() || diffIds.size() != image.layers().size()) {
            throw new IOException(file + " is the inventory of an image whose layers are not known");
        }
        var name = image.names().stream().findFirst().or(() -> image.id().map(Digest::toString));
        add(new KnownImage(name.orElse(file.getFileName().toString()), image.manifestDigest(), diffIds));
    }

    private void add(KnownImage image) throws IOException {
        if (images.size() == MAX_IMAGES) {
            throw new IOException("over " + MAX_IMAGES + " known images");
        }
        images.add(image);
    }

    private void addList(JsonValue root) throws IOException {
        if (!(root instanceof JsonObject object)
                || !(object.get("images").orElse(root) instanceof JsonArray(var elements))) {
            throw new JsonException("it is no object with a list 'images'");
        }
        for (var i = 0; i < elements.size(); i++) {
            var place = "/images/" + i;
            if (!(elements.get(i) instanceof JsonObject item)) {
                throw new JsonException("at " + place + ": no object");
            }
            var name = item.string("name").orElse("");
            if (name.isBlank()) {
                throw new JsonException("at " + place + ": 'name' is missing");
            }
            var digest = item.string("digest");
            var parsed = digest.flatMap(Digest::parse);
            if (digest.isPresent() && parsed.isEmpty()) {
                throw new JsonException("at " + place + "/digest: no digest");
            }
            add(new KnownImage(name, parsed, diffIds(item, place)));
        }
    }

    private static List<Digest> diffIds(JsonObject item, String place) throws JsonException {
        var diffIds = new ArrayList<Digest>();
        var elements = item.array("diffIds");
        for (var element : elements) {
            var digest = element instanceof JsonString(var text) ? Digest.parse(text) : Optional.<Digest>empty();
            diffIds.add(digest.orElseThrow(
                    () -> new JsonException("at " + place + "/diffIds/" + diffIds.size() + ": no digest")));
        }
        if (diffIds.isEmpty()) {
            throw new JsonException("at " + place + ": 'diffIds' is missing or empty");
        }
        return diffIds;
    }
}
