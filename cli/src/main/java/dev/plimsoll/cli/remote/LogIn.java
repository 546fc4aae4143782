package dev.plimsoll.cli.remote;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.util.Optional;

/// A login that is kept.
///
/// @param url of the server
/// @param name who it is
/// @param certificateAuthorities path of a PEM file
/// @param insecure whether the server's certificate is not looked at
record LogIn(String url, String key, String name, Optional<String> certificateAuthorities, boolean insecure) {

    static LogIn of(JsonObject json) {
        return new LogIn(
                json.string("url").orElse(""),
                json.string("key").orElse(""),
                json.string("name").orElse(""),
                json.string("ca"),
                json.get("insecure").equals(Optional.of(new JsonBoolean(true))));
    }

    void write(JsonWriter json) {
        json.object(() -> {
            json.member("url", url).member("key", key).member("name", name).member("ca", certificateAuthorities);
            if (insecure) {
                json.member("insecure", true);
            }
        });
    }

    /// Without the key.
    @Override
    public String toString() {
        return name + " at " + url;
    }
}
