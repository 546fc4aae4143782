package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/// What a server answered.
final class Answer {

    private final Server server;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(Server server, int status, HttpHeaders headers, byte[] body) {
        this.server = server;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    boolean isJson() {
        return header("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .map(type -> type.startsWith("application/json") || type.startsWith("application/problem+json"))
                .orElse(false);
    }

    /// The object that it is; an empty one where nothing came.
    ///
    /// @throws CommandException where it is none
    JsonObject json() {
        if (body.length == 0) {
            return JsonObject.EMPTY;
        }
        try {
            if (isJson()
                    && JsonReader.read(body, JsonLimits.FOREIGN.withBytes(RemoteClient.MAX_ANSWER))
                            instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            // the sentence below says what matters of it
        }
        throw noServer();
    }

    /// Something answers, but it is not Plimsoll.
    CommandException noServer() {
        return CommandException.usage("what answers at " + server
                + " is no Plimsoll server (it answers with status " + status
                + header("content-type").map(type -> " and " + type).orElse("")
                + "): is the address right, and nothing between that asks for a login?");
    }

    void copyTo(OutputStream out) throws IOException {
        out.write(body);
    }
}
