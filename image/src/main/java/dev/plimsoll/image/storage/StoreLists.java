package dev.plimsoll.image.storage;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `images.json` and `layers.json`: arrays of objects, one element at a time.
final class StoreLists {

    /// In bytes, of one file: some 50,000 layers.
    static final long MAX_FILE = 64L << 20;
    /// Of one file.
    static final int MAX_ELEMENTS = 100_000;
    /// Values in one element: a layer lists each owner that occurs in it.
    static final int MAX_VALUES = 100_000;

    /// What ids are, so that none leads out of the store.
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final String MANIFEST_OF = "manifest-";

    private StoreLists() {}

    /// @throws ImageException when the file is not there, not to be read, or not what it should be
    static List<StoredImage> images(Path file) throws ImageException {
        return images(elements(file), file);
    }

    static List<StoredImage> images(List<JsonObject> elements, Path file) throws ImageException {
        List<StoredImage> images = new ArrayList<>();
        for (var object : elements) {
            images.add(new StoredImage(
                    id(object, "id", file),
                    object.string("digest").orElse(""),
                    object.strings("big-data-names").stream()
                            .filter(name -> name.startsWith(MANIFEST_OF))
                            .map(name -> name.substring(MANIFEST_OF.length()))
                            .toList(),
                    object.strings("names"),
                    object.string("layer").filter(id -> !id.isEmpty()).isPresent() ? id(object, "layer", file) : ""));
        }
        return images;
    }

    /// @throws ImageException when the file is not there, not to be read, or not what it should be
    static List<StoredLayer> layers(Path file) throws ImageException {
        return layers(elements(file), file);
    }

    static List<StoredLayer> layers(List<JsonObject> elements, Path file) throws ImageException {
        List<StoredLayer> layers = new ArrayList<>();
        for (var object : elements) {
            layers.add(new StoredLayer(
                    id(object, "id", file),
                    object.string("parent").filter(id -> !id.isEmpty()).isPresent() ? id(object, "parent", file) : "",
                    object.string("diff-digest").orElse(""),
                    object.number("diff-size").map(BigDecimal::longValue).orElse(-1L)));
        }
        return layers;
    }

    private static String id(JsonObject object, String member, Path file) throws ImageException {
        return object.string(member)
                .filter(id -> ID.matcher(id).matches())
                .orElseThrow(() -> new ImageException(
                        Kind.UNREADABLE, file + ": an element's \"" + member + "\" is not 64 hexadecimal digits"));
    }

    private static List<JsonObject> elements(Path file) throws ImageException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ImageException(Kind.UNREADABLE, file + ": is no plain file");
        }
        try (var stream = Files.newInputStream(file)) {
            return elements(stream);
        } catch (ImageException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ImageException(Kind.UNREADABLE, file + ": is missing", e);
        } catch (AccessDeniedException e) {
            throw denied(file, e);
        } catch (IOException e) {
            // a JsonException too
            throw new ImageException(Kind.UNREADABLE, file + ": " + e.getMessage(), e);
        }
    }

    /// Only the members that are asked for are kept, so a long file makes no long tree.
    static List<JsonObject> elements(InputStream array) throws IOException {
        List<JsonObject> elements = new ArrayList<>();
        var wrapped = new SequenceInputStream(Collections.enumeration(List.of(bytes("{\"all\":"), array, bytes("}"))));
        JsonReader.readObject(
                wrapped,
                JsonLimits.FOREIGN.withBytes(MAX_FILE),
                Set.of("all"),
                Map.of("all", (index, element) -> {
                    if (index == MAX_ELEMENTS) {
                        throw new JsonException("holds more than " + MAX_ELEMENTS + " elements");
                    }
                    elements.add(kept(element));
                }),
                MAX_VALUES);
        return elements;
    }

    private static JsonObject kept(JsonValue element) throws JsonException {
        if (!(element instanceof JsonObject object)) {
            throw new JsonException("holds something that is not an object");
        }
        Map<String, JsonValue> members = new HashMap<>();
        for (var name :
                List.of("id", "digest", "names", "big-data-names", "layer", "parent", "diff-digest", "diff-size")) {
            object.get(name).ifPresent(value -> members.put(name, value));
        }
        return new JsonObject(members);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// For what only the owner of a storage may read.
    static ImageException denied(Path file, IOException cause) {
        return new ImageException(
                Kind.UNREADABLE,
                file + ": may not be read by this user (permission denied); use sudo for root's storage,"
                        + " or for one's own: podman unshare plimsoll …",
                cause);
    }
}
