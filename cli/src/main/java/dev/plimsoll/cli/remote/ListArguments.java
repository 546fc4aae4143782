package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.report.ListTable;
import dev.plimsoll.report.Presentation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// How a list is shown. Every command that prints one has these options.
final class ListArguments {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            description = "A table, or what the server says: one JSON object a line (default: ${DEFAULT-VALUE}).")
    private String output = "table";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    /// Asks for a list and prints it.
    ///
    /// @param none what to say of an empty one
    ExitCode print(
            Environment environment, RemoteClient client, String path, Query query, List<Field> fields, String none) {
        var json = isJson();
        var rows = new ArrayList<List<String>>();
        var more = client.list(path, query, limit, item -> {
            if (json) {
                environment.out().print(line(item));
            } else {
                rows.add(fields.stream().map(field -> field.cell().apply(item)).toList());
            }
        });
        if (!json) {
            environment.out().print(rows.isEmpty() ? none + "\n" : table(environment, fields, rows));
        }
        if (more) {
            environment.err().println("plimsoll: note: there are more than " + limit + "; --limit shows more");
        }
        return ExitCode.PASS;
    }

    boolean isJson() {
        return switch (output) {
            case "json" -> true;
            case "table" -> false;
            default ->
                throw CommandException.usage(
                        "there is no output format '" + output + "' for a list (-o); formats are table, json");
        };
    }

    private static String table(Environment environment, List<Field> fields, List<List<String>> rows) {
        return ListTable.of(
                fields.stream()
                        .map(field -> new ListTable.Column(field.title(), field.wraps()))
                        .toList(),
                rows,
                new Presentation(environment.width(), environment.wantsColour(), false));
    }

    /// One line of JSON.
    static String line(JsonObject item) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// An object for people who look into it.
    static String indented(JsonObject item) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.indented(out)) {
            json.element(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
