package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.json.YamlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/// Where a bundle or a schema is written: a file or standard output.
///
/// @param file empty for standard output
record BundleTarget(Environment environment, Optional<String> file) {

    static String json(JsonValue value) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static String yaml(JsonValue value) {
        return YamlWriter.write(value);
    }

    /// The file's name, empty for standard output.
    String name() {
        return file.orElse("");
    }

    boolean exists() {
        return file.isPresent() && Files.exists(environment.resolve(file.get()));
    }

    void write(String text) {
        if (file.isEmpty()) {
            environment.out().print(text);
            environment.out().flush();
            return;
        }
        var path = environment.resolve(file.get());
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + path + ": " + Failures.reason(e));
        }
    }
}
