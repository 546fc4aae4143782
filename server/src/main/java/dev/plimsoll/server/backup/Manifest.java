package dev.plimsoll.server.backup;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an archive says of itself, at its end: an archive without one is not whole.
///
/// @param plimsoll version of the service that wrote it
/// @param schema version of the tables
/// @param postgres version of the server
/// @param tables in the order in which they are restored
/// @param counters last value of each identity column, by `table.column`; those never used are not
///     there
/// @param missing objects that rows name and the store did not give, at most {@link #MOST_MISSING} of
///     them
record Manifest(
        String plimsoll,
        String schema,
        String postgres,
        Instant at,
        List<Table> tables,
        Map<String, Long> counters,
        Objects objects,
        List<String> missing) {

    static final int FORMAT = 1;
    static final int MOST_MISSING = 1000;

    Manifest {
        tables = List.copyOf(tables);
        counters = Map.copyOf(counters);
        missing = List.copyOf(missing);
    }

    /// @param digest SHA-256 of its text, in hex
    record Table(String name, List<String> columns, long rows, long bytes, String digest) {

        Table {
            columns = List.copyOf(columns);
        }
    }

    /// @param digest SHA-256 of the digests, one a line, in the archive's order
    record Objects(long count, long bytes, String digest) {}

    byte[] toJson() {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("format", FORMAT)
                        .member("plimsoll", plimsoll)
                        .member("schema", schema)
                        .member("postgres", postgres)
                        .member("at", at.toString());
                json.array(
                        "tables",
                        () -> tables.forEach(table -> json.object(() -> json.member("name", table.name())
                                .strings("columns", table.columns())
                                .member("rows", table.rows())
                                .member("bytes", table.bytes())
                                .member("sha256", table.digest()))));
                json.object(
                        "counters",
                        () -> counters.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .forEach(counter -> json.member(counter.getKey(), counter.getValue())));
                json.object(
                        "objects",
                        () -> json.member("count", objects.count())
                                .member("bytes", objects.bytes())
                                .member("sha256", objects.digest()));
                json.strings("missing", missing);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// @throws BackupException where it is none, or one of a form that is not known
    static Manifest read(byte[] text) throws BackupException {
        try {
            if (!(JsonReader.read(text, JsonLimits.AUTHORED) instanceof JsonObject json)) {
                throw new BackupException("its manifest is no JSON object");
            }
            var format = number(json, "format");
            if (format != FORMAT) {
                throw new BackupException("it has the form " + format + ", and this version of Plimsoll reads " + FORMAT
                        + ": restore it with the version that it names, "
                        + json.string("plimsoll").orElse("unknown"));
            }
            Map<String, Long> counters = new LinkedHashMap<>();
            for (var name : json.object("counters").members().keySet()) {
                counters.put(name, number(json.object("counters"), name));
            }
            var tables = json.objects("tables").stream()
                    .map(table -> new Table(
                            text(table, "name"),
                            table.strings("columns"),
                            number(table, "rows"),
                            number(table, "bytes"),
                            text(table, "sha256")))
                    .toList();
            var objects = json.object("objects");
            return new Manifest(
                    text(json, "plimsoll"),
                    text(json, "schema"),
                    text(json, "postgres"),
                    Instant.parse(text(json, "at")),
                    tables,
                    counters,
                    new Objects(number(objects, "count"), number(objects, "bytes"), text(objects, "sha256")),
                    json.strings("missing"));
        } catch (JsonException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new BackupException("its manifest cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }

    private static long number(JsonObject json, String name) {
        return json.number(name)
                .map(BigDecimal::longValueExact)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }
}
