package dev.plimsoll.server.http;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/// A request as a handler sees it.
///
/// @param principal who asks
/// @param pathParameters decoded, by name
/// @param query first value of each parameter, decoded, by name
/// @param headers first value of each, by name in lower case
/// @param remote address of the caller
/// @param body within the route's limit: reading beyond it throws a {@link ProblemException}
public record Request(
        Principal principal,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Map<String, String> headers,
        String remote,
        InputStream body) {

    public Request {
        pathParameters = Map.copyOf(pathParameters);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public long accountId() {
        return principal.accountId();
    }

    /// A parameter of the route's path.
    public String path(String name) {
        var value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /// A parameter of the path that is a number.
    public long id(String name) {
        var text = path(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("there is no '" + text + "' here: ids are numbers");
        }
        return Long.parseLong(text);
    }

    public Optional<String> queried(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// A number of the query.
    ///
    /// @throws ProblemException where it is none, or not between the two
    public int queried(String name, int otherwise, int least, int most) {
        var text = queried(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw ProblemException.invalid(name, "'" + text.get() + "' is no number between " + least + " and " + most);
    }

    /// Whether the query says `true`.
    public boolean flag(String name) {
        var text = queried(name).orElse("false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid(name, "'" + text + "' is neither true nor false");
        };
    }

    /// The instant that the query asks about, `2026-06-01T00:00:00Z`.
    public Optional<Instant> instant(String name) {
        return queried(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException _) {
                throw ProblemException.invalid(name, "'" + text + "' is no instant: write 2026-06-01T00:00:00Z");
            }
        });
    }

    /// The whole body.
    public byte[] bytes() throws IOException {
        return body.readAllBytes();
    }

    /// The body, a JSON object.
    ///
    /// @throws ProblemException where it is none
    public JsonObject json() throws IOException {
        try {
            if (JsonReader.read(bytes(), JsonLimits.AUTHORED) instanceof JsonObject object) {
                return object;
            }
            throw ProblemException.invalid("", "the body must be a JSON object");
        } catch (JsonException e) {
            throw ProblemException.invalid("", "the body is no JSON: " + e.getMessage());
        }
    }
}
