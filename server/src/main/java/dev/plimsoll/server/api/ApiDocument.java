package dev.plimsoll.server.api;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The OpenAPI document, written by hand in one file an area and put together here. Tests hold every answer against it.
///
/// Source: OpenAPI Specification 3.1.1.
public final class ApiDocument {

    /// The files, `AREA.yaml` beside this class; `service` has what all share.
    public static final List<String> AREAS =
            List.of("service", "accounts", "images", "advisories", "judging", "notify");

    private final JsonObject tree;

    private ApiDocument(JsonObject tree) {
        this.tree = tree;
    }

    /// Reads all files.
    ///
    /// @throws IllegalStateException where two say something of the same thing
    public static ApiDocument read() {
        var whole = new LinkedHashMap<String, JsonValue>();
        var paths = new LinkedHashMap<String, JsonValue>();
        Map<String, Map<String, JsonValue>> components = new LinkedHashMap<>();
        for (var area : AREAS) {
            var part = part(area);
            if (part.isEmpty()) {
                continue;
            }
            part.get().members().forEach((name, value) -> {
                switch (name) {
                    case "paths" ->
                        ((JsonObject) value).members().forEach((path, item) -> add(paths, path, item, area));
                    case "components" ->
                        ((JsonObject) value)
                                .members()
                                .forEach((kind, items) -> ((JsonObject) items)
                                        .members()
                                        .forEach((key, item) -> add(
                                                components.computeIfAbsent(kind, _ -> new LinkedHashMap<>()),
                                                key,
                                                item,
                                                area)));
                    default -> add(whole, name, value, area);
                }
            });
        }
        whole.put("paths", new JsonObject(paths));
        var all = new LinkedHashMap<String, JsonValue>();
        components.forEach((kind, items) -> all.put(kind, new JsonObject(items)));
        whole.put("components", new JsonObject(all));
        return new ApiDocument(new JsonObject(whole));
    }

    private static Optional<JsonObject> part(String area) {
        try (var in = ApiDocument.class.getResourceAsStream(area + ".yaml")) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of((JsonObject) YamlReader.readAuthored(in.readAllBytes()));
        } catch (JsonException e) {
            throw new IllegalStateException(area + ".yaml: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, JsonValue> into, String name, JsonValue value, String area) {
        if (into.putIfAbsent(name, value) != null) {
            throw new IllegalStateException(area + ".yaml says something of " + name + ", and another file does too");
        }
    }

    public JsonObject tree() {
        return tree;
    }

    /// `GET /api/v1/openapi.json`
    public Route route() {
        return new Route(
                Method.GET, "/api/v1/openapi.json", Permission.NONE, _ -> Reply.json(json -> json.element(tree)));
    }
}
