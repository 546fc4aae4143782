package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.http.ProblemException;
import java.util.Set;
import java.util.stream.Collectors;

/// Names of channels and subscriptions, and the members of bodies that carry them.
final class Names {

    private Names() {}

    /// @throws ProblemException where the body's name is none
    static String of(JsonObject body) {
        var name = text(body, "name");
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            throw ProblemException.invalid(
                    "/name",
                    "must have 1 to 63 characters of a-z, 0-9, '.', '_', '-', and begin with a letter or digit");
        }
        return name;
    }

    static String text(JsonObject body, String member) {
        if (body.get(member).isPresent() && body.get(member).get() instanceof JsonString(var text)) {
            return text;
        }
        throw ProblemException.invalid("/" + member, "must be a text");
    }

    /// @return empty where it is not there
    static JsonObject object(JsonObject body, String member) {
        if (body.get(member).isPresent() && !(body.get(member).get() instanceof JsonObject)) {
            throw ProblemException.invalid("/" + member, "must be an object");
        }
        return body.object(member);
    }

    /// @throws ProblemException where the body has a member that nobody reads
    static void only(JsonObject body, Set<String> members) {
        for (var name : body.members().keySet()) {
            if (!members.contains(name)) {
                throw ProblemException.invalid(
                        "/" + name,
                        "nobody knows this member; there are "
                                + members.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }
}
