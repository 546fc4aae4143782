package dev.plimsoll.server.testing;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.api.ApiDocument;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Holds answers against the API's document: status, media type, body.
public final class ApiContract {

    private static final JsonObject DOCUMENT = ApiDocument.read().tree();
    private static final Map<String, Validator> VALIDATORS = new HashMap<>();

    private ApiContract() {}

    /// What is wrong with an answer, one sentence each; none where it is as the document says.
    public static List<String> violations(Route route, Reply reply) {
        var operation = DOCUMENT.object("paths")
                .object(route.path())
                .get(route.method().name().toLowerCase(Locale.ROOT));
        if (!(operation.orElse(null) instanceof JsonObject described)) {
            return List.of("the document does not know " + route.name());
        }
        var responses = described.object("responses");
        var response = responses.object(Integer.toString(reply.status()));
        if (response.members().isEmpty()) {
            // what the dispatcher answers holds for every route
            return List.of(304, 401, 403, 404, 413, 500, 503).contains(reply.status())
                    ? List.of()
                    : List.of(route.name() + ": the document knows no status " + reply.status());
        }
        var meant = response.string("$ref").map(ApiContract::resolved).orElse(response);
        var content = meant.object("content");
        return switch (reply) {
            case Reply.Document document -> body(route, document, content);
            case Reply.Empty _ ->
                content.members().isEmpty() ? List.of() : List.of(route.name() + ": the document promises a body");
            case Reply.Streamed streamed -> mediaType(route, streamed.mediaType(), content);
            case Reply.Events _ -> mediaType(route, "text/event-stream", content);
        };
    }

    private static List<String> mediaType(Route route, String mediaType, JsonObject content) {
        return content.members().containsKey(bare(mediaType))
                        || content.members().containsKey("*/*")
                ? List.of()
                : List.of(route.name() + ": the document knows no " + mediaType);
    }

    private static List<String> body(Route route, Reply.Document document, JsonObject content) {
        var wrong = mediaType(route, document.mediaType(), content);
        if (!wrong.isEmpty() || !bare(document.mediaType()).endsWith("json")) {
            return wrong;
        }
        var schema = content.object(bare(document.mediaType())).get("schema");
        return schema.map(found -> validate(route, document, found)).orElse(List.of());
    }

    private static List<String> validate(Route route, Reply.Document document, JsonValue schema) {
        var key = "urn:" + route.method() + ":" + route.path().hashCode() + ":" + document.status();
        Validator validator;
        synchronized (VALIDATORS) {
            validator = VALIDATORS.computeIfAbsent(key, _ -> {
                var made = new ValidatorFactory().createValidator();
                made.registerSchema(URI.create(key), schemaText(schema));
                return made;
            });
        }
        var result = validator.validate(URI.create(key), new String(document.bytes(), StandardCharsets.UTF_8));
        return result.isValid()
                ? List.of()
                : result.getErrors().stream()
                        .map(error -> route.name() + " " + document.status() + " " + error.getInstanceLocation() + ": "
                                + error.getError())
                        .toList();
    }

    private static String schemaText(JsonValue schema) {
        return text(new JsonObject(Map.of(
                "$schema",
                new JsonString("https://json-schema.org/draft/2020-12/schema"),
                "allOf",
                new JsonArray(List.of(schema)),
                "components",
                DOCUMENT.object("components"))));
    }

    private static String text(JsonValue value) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject resolved(String reference) {
        var found = Optional.of(DOCUMENT);
        for (var part : reference.substring("#/".length()).split("/", -1)) {
            found = found.map(object -> object.object(part));
        }
        return found.orElseThrow();
    }

    private static String bare(String mediaType) {
        return mediaType.split(";", 2)[0].strip();
    }
}
