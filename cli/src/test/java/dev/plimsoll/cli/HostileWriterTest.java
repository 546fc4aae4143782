package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.hostile.Ending;
import dev.plimsoll.cli.hostile.HostileCase;
import dev.plimsoll.cli.hostile.HostileCatalogue;
import dev.plimsoll.cli.hostile.Scale;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Writes the catalogue to disk for `bench/hostile`, which runs the launcher on it: `-Dhostile.write=FOLDER`, with
/// `-Dhostile.scale=lowered` for the small form and `-Dhostile.only=TEXT` for the cases whose names hold the text.
@EnabledIfSystemProperty(named = "hostile.write", matches = ".+")
final class HostileWriterTest {

    @Test
    void writesTheCatalogue() throws IOException {
        var folder = Files.createDirectories(Path.of(System.getProperty("hostile.write")));
        var scale = System.getProperty("hostile.scale", "full").equals("full") ? Scale.FULL : Scale.LOWERED;
        var only = System.getProperty("hostile.only", "");
        var written = new ArrayList<JsonValue>();
        for (var hostile : HostileCatalogue.all()) {
            if (hostile.name().contains(only)) {
                var own = Files.createDirectory(folder.resolve(String.valueOf(written.size())));
                var where = hostile.generator().write(own, scale);
                written.add(description(hostile, scale, own, where));
            }
        }
        try (var out = Files.newOutputStream(folder.resolve("cases.json"));
                var json = JsonWriter.compact(out)) {
            json.element(new JsonArray(written));
        }
        assertThat(written).isNotEmpty();
    }

    private static JsonObject description(HostileCase hostile, Scale scale, Path folder, String where) {
        var ending = hostile.ending(scale);
        var phrases = switch (ending) {
            case Ending.Refused(var texts) -> texts;
            case Ending.NoImage(var texts) -> texts;
            case Ending.Unknown(var texts) -> texts;
            case Ending.Read() -> List.<String>of();
            case Ending.Lawful(var files) -> files;
        };
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("name", new JsonString(hostile.name()));
        members.put("folder", new JsonString(folder.toString()));
        members.put("where", new JsonString(where));
        members.put("options", texts(hostile.options(scale)));
        members.put("ending", new JsonString(ending.getClass().getSimpleName()));
        members.put("phrases", texts(phrases));
        members.put("sbom", new JsonNumber(BigDecimal.valueOf(ending.ofSbom())));
        members.put("check", new JsonNumber(BigDecimal.valueOf(ending.ofCheck())));
        return new JsonObject(members);
    }

    private static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }
}
