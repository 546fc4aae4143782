package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlWriterTest {

    private static String yaml(String json) throws JsonException {
        return YamlWriter.write(JsonReader.read(json, JsonLimits.FOREIGN));
    }

    private static JsonValue read(String yaml) throws JsonException {
        return YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesBlocksAndWhatIsSmallOnOneLine() throws JsonException {
        assertThat(yaml("""
                {"id":"a b","version":"2","number":7,"none":null,"empty":{},"list":[],
                 "rules":[{"id":"r","gate":"files","params":[{"name":"regex","value":".*\\\\.pem$"}]},[1,[2]],"x"],
                 "ids":["a","b"],"deep":{"er":{"a":"1","b":"2","c":"3"}}}
                """)).isEqualTo("""
                id: a b
                version: "2"
                number: 7
                none: null
                empty: {}
                list: []
                rules:
                  - id: r
                    gate: files
                    params:
                      - { name: regex, value: ".*\\\\.pem$" }
                  -
                    - 1
                    - [2]
                  - x
                ids: [a, b]
                deep:
                  er:
                    a: "1"
                    b: "2"
                    c: "3"
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a ",
                " a",
                "true",
                "True",
                "null",
                "~",
                "1",
                "1.5",
                "1e3",
                ".5",
                ".inf",
                "0x1",
                "0o7",
                "no",
                "Off",
                "y",
                "2026-01-01",
                "1_0",
                "- a",
                "-",
                "a: b",
                "a:",
                "a #b",
                "#",
                "*",
                "&a",
                "!x",
                "%",
                "@",
                "`",
                "|",
                ">",
                "'",
                "\"",
                "\\",
                "a\nb",
                "a\tb",
                "\u0000",
                "\u0007",
                "\u007f",
                "\u0085",
                "\u00a0",
                "\u2028",
                "\ufeff",
                "\ufffe",
                "ä",
                "😀",
                "a, b",
                "[a]",
                "{a}",
                "---",
                "...",
                "? a",
                "=",
                "<<",
                "a  b",
                "e1",
                "_1",
                "CVE-2021-44228+*",
                "Überprüfung"
            })
    void everyTextComesBack(String text) throws JsonException {
        var tree = new JsonObject(Map.of(
                text,
                new JsonString(text),
                text + "2",
                new JsonArray(List.of(new JsonString(text), new JsonString(text)))));

        assertThat(read(YamlWriter.write(tree))).isEqualTo(tree);
        assertThat(read(YamlWriter.write(new JsonString(text)))).isEqualTo(new JsonString(text));
    }

    @Test
    void quotesWhatReadersOfTheOlderYamlTakeForSomethingElse() {
        assertThat(List.of("yes", "NO", "on", "off", "y", "N", "null", "True").stream()
                        .map(YamlWriter::quoted))
                .allMatch(text -> text.startsWith("\""));
    }

    @Test
    void longKeysHaveASign() throws JsonException {
        var tree = new JsonObject(Map.of("k".repeat(5000), new JsonObject(Map.of("\n".repeat(2000), new JsonNull()))));

        assertThat(read(YamlWriter.write(tree))).isEqualTo(tree);
    }

    @Test
    void aHugeExponentStaysShort() throws JsonException {
        assertThat(yaml("{\"a\":1e999999999}")).isEqualTo("a: 1E+999999999\n");
    }

    @Test
    void anyTreeComesBack() throws JsonException {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            var tree = tree(random, 0);
            assertThat(read(YamlWriter.write(tree))).as(YamlWriter.write(tree)).isEqualTo(tree);
        }
    }

    private static JsonValue tree(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 8)) {
            case 0 -> new JsonNull();
            case 1 -> new JsonBoolean(random.nextBoolean());
            case 2 -> new JsonNumber(new BigDecimal(random.nextInt(1000) - 500));
            case 3 -> new JsonString(text(random));
            case 4, 5 -> {
                var elements = new ArrayList<JsonValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(tree(random, depth + 1));
                }
                yield new JsonArray(elements);
            }
            default -> {
                var members = new LinkedHashMap<String, JsonValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(text(random), tree(random, depth + 1));
                }
                yield new JsonObject(members);
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append("abz1 :#-?,[]{}&*!|>'\"%@`\n\t~.=\\\u0085ß".charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    @Test
    void commentsStandAboveWhatTheyAreAbout() throws JsonException {
        var tree =
                JsonReader.read("{\"a\":1,\"b\":[{\"c\":\"x\",\"d\":{\"e\":\"z\"}},{}],\"f/g\":2}", JsonLimits.FOREIGN);
        var comments = Map.of(
                "/a",
                "First.\n\nSecond: " + "word ".repeat(20).strip(),
                "/b/0",
                "An element.",
                "/b/0/d/e",
                "Deep.",
                "/f~1g",
                "# and *");

        var yaml = YamlWriter.write(tree, comments);

        assertThat(yaml).isEqualTo("""
                # First.
                #
                # Second: word word word word word word word word word word word word word word word word
                # word word word word
                a: 1
                b:
                  # An element.
                  - c: x
                    d: { e: z }
                  - {}
                # # and *
                f/g: 2
                """);
        assertThat(read(yaml)).isEqualTo(tree);
    }
}
