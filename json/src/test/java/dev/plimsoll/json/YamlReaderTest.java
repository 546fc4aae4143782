package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class YamlReaderTest {

    private static JsonValue read(String text) throws JsonException {
        return YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesTheTreeThatJsonGives() throws JsonException {
        var yaml = read("""
                text: a
                quoted: "1.0"
                yes: true
                word: yes
                none: null
                empty:
                whole: 7
                list: [1, two, {three: 3}]
                day: 2024-01-02
                """);
        var json = JsonReader.read("""
                {"text": "a", "quoted": "1.0", "yes": true, "word": "yes", "none": null, "empty": null, "whole": 7,
                 "list": [1, "two", {"three": 3}], "day": "2024-01-02"}
                """, JsonLimits.FOREIGN);
        assertThat(yaml).isEqualTo(json);
    }

    @Test
    void keepsTheDigitsOfDecimals() throws JsonException {
        var object = (JsonObject) read("version: 1.10\n3.10: x\nexponent: 1e9\n");
        assertThat(object.number("version").orElseThrow().toPlainString()).isEqualTo("1.10");
        assertThat(object.string("3.10")).contains("x");
        assertThat(object.string("exponent")).contains("1e9");
    }

    @Test
    void aNumberOfManyDigitsStaysText() throws JsonException {
        var within = "1." + "1".repeat(YamlReader.MAX_DIGITS - 2);
        assertThat(((JsonObject) read("a: " + within)).number("a")).isPresent();
        assertThat(((JsonObject) read("a: " + within + "1")).string("a")).contains(within + "1");
    }

    @Test
    void nestsAsDeepAsTheLimit() throws JsonException {
        assertThat(read("[".repeat(YamlReader.MAX_DEPTH) + "]".repeat(YamlReader.MAX_DEPTH)))
                .isNotNull();
        assertThatThrownBy(() -> read("[".repeat(YamlReader.MAX_DEPTH + 2) + "]".repeat(YamlReader.MAX_DEPTH + 2)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("nests deeper than " + YamlReader.MAX_DEPTH);
        assertThatThrownBy(() -> read("[".repeat(200_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void namesACollectionAsOftenAsTheLimit() throws JsonException {
        var text = "a: &a [1]\nb: [" + "*a, ".repeat(YamlReader.MAX_ALIASES - 1) + "*a]\n";
        assertThat(read(text)).isNotNull();
        assertThatThrownBy(() -> read(text.replace("[*a", "[*a, *a")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not YAML");
    }

    @Test
    void refusesATextOverTheLimit() throws JsonException {
        var text = "a: 1\n#" + "x".repeat(YamlReader.MAX_LENGTH - 7) + "\n";
        assertThat(text).hasSize(YamlReader.MAX_LENGTH);
        assertThat(read(text)).isNotNull();
        assertThatThrownBy(() -> read(text + "\n"))
                .isInstanceOf(JsonException.class)
                .hasMessage("is over " + YamlReader.MAX_LENGTH + " bytes");
    }

    @Test
    void theBillionLaughsEndSoon() {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(text.toString())).isInstanceOf(JsonException.class);
    }

    @Test
    void saysWhereItIsNoYaml() {
        assertThatThrownBy(() -> read("a: 1\nb: [\n"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not YAML");
    }

    @Test
    void countsWhatAliasesStandFor() throws JsonException {
        var text = new StringBuilder("a0: &a0 [x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("has over 100")
                .hasMessageContaining("values");
    }

    @Test
    void refusesRepeatedMembersOnlyWhereAPersonWroteThem() throws JsonException {
        var text = "a: 1\nb: 2\na: 3\n".getBytes(StandardCharsets.UTF_8);

        assertThat(((JsonObject) YamlReader.read(text))
                        .number("a")
                        .orElseThrow()
                        .intValue())
                .isEqualTo(3);
        assertThatThrownBy(() -> YamlReader.read(text, JsonLimits.AUTHORED))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("duplicate key a")
                .hasMessageContaining("line 3");
    }

    @Test
    void keepsToTheCallersLimits() throws JsonException {
        var text = "a: [[1]]\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> YamlReader.read(text, JsonLimits.FOREIGN.withBytes(8)))
                .hasMessage("is over 8 bytes");
        assertThatThrownBy(() -> YamlReader.read(text, JsonLimits.FOREIGN.withValues(3)))
                .hasMessageContaining("has over 3 values");
        assertThat(YamlReader.read(text, JsonLimits.FOREIGN.withValues(4))).isNotNull();
    }
}
