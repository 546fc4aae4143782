package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Request;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The members of a request's body, each of its type, none but those that are known.
final class Fields {

    private final JsonObject body;

    private Fields(JsonObject body) {
        this.body = body;
    }

    /// @throws ProblemException where the body is no object or has other members
    static Fields of(Request request, String... known) throws IOException {
        var body = request.json();
        var others = new TreeSet<>(body.members().keySet());
        others.removeAll(Set.of(known));
        if (!others.isEmpty()) {
            throw ProblemException.invalid(
                    "/" + others.first(), "nobody knows this member; there are " + String.join(", ", known));
        }
        return new Fields(body);
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> ProblemException.invalid("/" + name, "this must be said"));
    }

    Optional<String> optional(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonString(var text) && !text.isEmpty() && text.indexOf('\0') < 0) {
                return text;
            }
            throw ProblemException.invalid("/" + name, "this must be a text, and not empty");
        });
    }

    /// A text of so many characters at most, on one line.
    String line(String name, int longest) {
        var text = text(name).strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("/" + name, "this must be one line of 1 to " + longest + " characters");
        }
        return text;
    }

    Optional<Boolean> flag(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonBoolean(var flag)) {
                return flag;
            }
            throw ProblemException.invalid("/" + name, "this must be true or false");
        });
    }

    Optional<List<String>> texts(String name) {
        return value(name).map(value -> {
            if (!(value instanceof JsonArray(var elements))) {
                throw ProblemException.invalid("/" + name, "this must be an array of texts");
            }
            var texts = new ArrayList<String>();
            for (var element : elements) {
                if (!(element instanceof JsonString(var text))) {
                    throw ProblemException.invalid("/" + name, "this must be an array of texts");
                }
                texts.add(text);
            }
            return List.copyOf(texts);
        });
    }

    Optional<Instant> instant(String name) {
        return optional(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException _) {
                throw ProblemException.invalid("/" + name, "'" + text + "' is no instant: write 2026-06-01T00:00:00Z");
            }
        });
    }

    Optional<Role> role(String name) {
        return optional(name)
                .map(text -> Role.of(text)
                        .orElseThrow(() -> ProblemException.invalid(
                                "/" + name,
                                "'" + text + "' is no role; there are "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(Role.values())
                                                        .map(Role::word)
                                                        .toList()))));
    }

    private Optional<JsonValue> value(String name) {
        return body.get(name).filter(value -> !(value instanceof JsonValue.JsonNull));
    }
}
