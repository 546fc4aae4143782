package dev.plimsoll.inventory.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a document holds, reading ends in an inventory or in one sentence that says where it is wrong.
final class BrokenInventoryTest {

    private static final List<JsonValue> OTHERS = List.of(
            new JsonNull(),
            new JsonBoolean(true),
            new JsonNumber(BigDecimal.valueOf(-1)),
            new JsonNumber(new BigDecimal("1.5")),
            new JsonNumber(new BigDecimal("1e400")),
            new JsonNumber(BigDecimal.valueOf(Long.MAX_VALUE)),
            new JsonString(""),
            new JsonString(":%/\0é\ud83d\ude00"),
            new JsonArray(List.of()),
            new JsonArray(List.of(new JsonArray(List.of()))),
            JsonObject.EMPTY);

    @TempDir
    private Path folder;

    private byte[] whole() {
        return SerialForm.write(SerialForm.everything(folder));
    }

    @Test
    void aTruncatedOneIsNoInventory() {
        var whole = whole();
        for (int length = 0; length < whole.length - 1; length += length < 50 ? 1 : 61) {
            var part = Arrays.copyOf(whole, length);
            var thrown = catchThrowable(() -> InventoryReader.read(part));

            assertThat(thrown).as("the first %d bytes", length).isInstanceOf(JsonException.class);
            assertThat(thrown).message().doesNotContain("\n").containsAnyOf(" line 1, column ", "the text is empty");
        }
    }

    /// Puts a value of another kind, or a hostile one, in the place of every value.
    @Test
    void anyValueMayBeAnother() throws JsonException {
        var document = JsonReader.read(whole(), JsonLimits.FOREIGN);
        var tried = new ArrayList<String>();
        replaceEach(document, changed -> {
            var thrown = catchThrowable(() -> {
                var read = InventoryReader.read(SerialForm.bytes(changed));
                read.distribution().ifPresent(found -> found.release().toString());
                SerialForm.write(read);
            });
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(JsonException.class);
                assertThat(thrown)
                        .message()
                        .doesNotContain("\n")
                        .doesNotContain("\0")
                        .hasSizeLessThan(400);
            }
            tried.add(thrown == null ? "" : String.valueOf(thrown.getMessage()));
        });

        assertThat(tried)
                .hasSizeGreaterThan(1500)
                .contains("", "at /packages/0/purl: a boolean where a string belongs");
    }

    private static void replaceEach(JsonValue value, Consumer<JsonValue> with) {
        OTHERS.forEach(with);
        switch (value) {
            case JsonObject(var members) ->
                members.forEach((name, member) -> {
                    var fewer = new LinkedHashMap<>(members);
                    fewer.remove(name);
                    with.accept(new JsonObject(fewer));
                    replaceEach(member, other -> {
                        var changed = new LinkedHashMap<>(members);
                        changed.put(name, other);
                        with.accept(new JsonObject(changed));
                    });
                });
            case JsonArray(var elements) -> {
                for (int i = 0; i < Math.min(3, elements.size()); i++) {
                    var at = i;
                    replaceEach(elements.get(i), other -> {
                        var changed = new ArrayList<>(elements);
                        changed.set(at, other);
                        with.accept(new JsonArray(changed));
                    });
                }
            }
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> {}
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "0.9", "1", "1.", "1.x", "10.0", ""})
    void anotherVersionIsRefusedBeforeItsContents(String version) {
        var text = text().replace(
                        "\"version\":\"" + InventoryWriter.VERSION + "\",\"analyzers\"",
                        "\"version\":\"" + version + "\",\"analyzers\"")
                .replace("\"packages\":[{", "\"packages\":[7,{");

        assertThatThrownBy(() -> InventoryReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("not an inventory of version 1: schema"
                        + " 'https://plimsoll.dev/schema/inventory-1.schema.json', version '" + version
                        + "'; write it anew with `plimsoll sbom IMAGE -o inventory=FILE`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"schema\":\"https:|\"schema\":\"http:|not an inventory of version 1: schema 'http://plimsoll.dev",
                "\"schema\":|\"scheme\":|at the top: 'schema' is missing",
                "\"image\":{|\"image\":7,\"x\":{|at /image: a number where an object belongs",
                "\"packages\":[|\"packages\":{},\"x\":[|at /packages: an object where an array belongs",
                "\"purl\":\"pkg:|\"purl\":\"pk:|at /packages/0/purl: 'pk:",
                "\"evidence\":\"inst|\"evidence\":\"gues|at /packages/0/evidence: 'guesalled' is none of installed, declared",
                "\"emptyLayer\":true|\"emptyLayer\":1|at /image/configuration/history/1/emptyLayer: is neither true nor false",
                "\"a/b~c\":\"v\"|\"a/b~c\":1|at /image/configuration/labels/a~1b~0c: a number where a string belongs",
                "\"platform\":\"linux|\"platform\":\"plan9|the platform is 'plan9/arm64/v8' and the configuration's 'linux/arm64/v8'",
                "\"id\":\"debian\"|\"id\":\"a:b\"|at /distribution: 'a:b' is no id of a distribution",
                "\"4755\"|\"4955\"|'4955' is no mode in octal digits"
            })
    void saysWhereItIsWrong(String good, String bad, String message) {
        var text = text();
        var changed = text.replaceFirst(Pattern.quote(good), bad);

        assertThat(changed).isNotEqualTo(text);
        assertThatThrownBy(() -> InventoryReader.read(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aLayerMustBeOneOfTheImages() {
        var text = text().replaceFirst("\"layer\":1", "\"layer\":2");

        assertThatThrownBy(() -> InventoryReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageMatching("at /packages/[0-9]+/.*layer: there is no layer 2; the image has 2");
    }

    @Test
    void deepNestingIsALimit() {
        assertThatThrownBy(() ->
                        InventoryReader.read(("{\"image\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("over a limit");
        assertThatThrownBy(() -> InventoryReader.read(
                        ("{\"passed over\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("over a limit");
    }

    @Test
    void manyValuesAreALimit() {
        var many = "{\"digested\":[" + "0,".repeat(InventoryReader.MAX_VALUES) + "0]}";

        assertThatThrownBy(() -> InventoryReader.read(many.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("over 1000000 values");
    }

    @Test
    void theMemoryThatItTakesIsALimit() {
        var whole = whole();

        assertThat(catchThrowable(() -> InventoryReader.read(whole, 20_000))).isNull();
        assertThatThrownBy(() -> InventoryReader.read(whole, 1_000))
                .hasMessageMatching("at /packages/[0-9]+: packages, files and unknowns take over 1000 bytes of memory");
    }

    @Test
    void namesTheFileOnce() throws IOException {
        var file = Files.writeString(folder.resolve("facts.json"), "{}");

        assertThatThrownBy(() -> InventoryReader.read(file))
                .hasMessage("cannot read the inventory " + file + ": at the top: 'schema' is missing");
        assertThatThrownBy(() -> InventoryReader.read(folder.resolve("none.json")))
                .hasMessage("there is no inventory " + folder.resolve("none.json"));
    }

    private String text() {
        return new String(whole(), StandardCharsets.UTF_8);
    }
}
