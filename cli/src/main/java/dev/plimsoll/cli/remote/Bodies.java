package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.remote.RemoteClient.Body;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// What is sent to a server.
final class Bodies {

    private Bodies() {}

    /// A JSON object.
    static Body json(Consumer<JsonWriter> members) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.object(() -> members.accept(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Body(BodyPublishers.ofByteArray(out.toByteArray()), Optional.of("application/json"));
    }

    /// A file as it is, read while it is sent.
    ///
    /// @throws CommandException where there is no such file
    static Body file(Path file, String type) {
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("there is no file " + file);
        }
        try {
            return new Body(BodyPublishers.ofFile(file), Optional.of(type));
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + Failures.reason(e));
        }
    }

    /// A policy bundle or a file of waivers: the name tells which of both languages it is written in.
    static Body document(Path file) {
        var name = String.valueOf(file.getFileName());
        return file(file, name.endsWith(".yaml") || name.endsWith(".yml") ? "application/yaml" : "application/json");
    }
}
