package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonReader.ElementTaker;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonTest {

    @Test
    void writesWhatItRead() throws IOException {
        var text = """
                {
                  "name": "plimsoll",
                  "score": 7.50,
                  "many": [
                    1,
                    true,
                    null,
                    {
                      "ü": "\\n"
                    }
                  ],
                  "none": [],
                  "empty": {}
                }
                """;

        assertThat(written(JsonReader.read(text, JsonLimits.FOREIGN))).isEqualTo(text);
    }

    @Test
    void readsMembersByTypeAndPassesOverOthers() throws IOException {
        var object = (JsonObject) JsonReader.read("{\"a\":\"x\",\"b\":[\"y\",1,{\"c\":2}]}", JsonLimits.FOREIGN);

        assertThat(object.string("a")).isEqualTo(Optional.of("x"));
        assertThat(object.string("b")).isEmpty();
        assertThat(object.strings("b")).isEqualTo(List.of("y"));
        assertThat(object.objects("b")).hasSize(1);
        assertThat(object.object("a")).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void saysWhereATextIsNotJson() {
        assertThatThrownBy(() -> JsonReader.read("{\n \"a\": ]}", JsonLimits.FOREIGN))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("line 2, column 7");
    }

    @Test
    void refusesWhatFollowsTheValue() {
        assertThatThrownBy(() -> JsonReader.read("{} {}", JsonLimits.FOREIGN))
                .hasMessageContaining("follows the value");
    }

    @Test
    void readsAtTheLimitOfDepthAndRefusesBeyond() throws IOException {
        var limits = new JsonLimits(1000, 5, 100, 50, false);

        assertThat(JsonReader.read("[[[[[]]]]]", limits)).isNotNull();
        assertThatThrownBy(() -> JsonReader.read("[[[[[[]]]]]]", limits))
                .hasMessage(
                        "over a limit at line 1, column 7: Document nesting depth (6) exceeds the maximum allowed (5)");
    }

    @Test
    void refusesARepeatedMemberOnlyWhereAsked() throws IOException {
        var text = "{\"a\":\"x\",\"a\":\"y\"}";

        assertThat(((JsonObject) JsonReader.read(text, JsonLimits.FOREIGN)).string("a"))
                .contains("y");
        assertThatThrownBy(() -> JsonReader.read(text, JsonLimits.AUTHORED)).hasMessageContaining("Duplicate");
    }

    @Test
    void readsAndWritesWhatUtf8CannotHold() throws IOException {
        var read = JsonReader.read("\"a\\ud800b\\udc00\\ud83d\\ude00\\ud800\"", JsonLimits.FOREIGN);

        assertThat(read).isEqualTo(new JsonString("a\ufffdb\ufffd\ud83d\ude00\ufffd"));
        assertThat(written(new JsonString("\ud800"))).isEqualTo("\"\ufffd\"\n");
        assertThat(written(new JsonObject(Map.of("\udc00", new JsonString("x")))))
                .isEqualTo("{\n  \"\ufffd\": \"x\"\n}\n");
    }

    @Test
    void handsTheElementsOfALongArrayOverOneByOne() throws IOException {
        var elements = new ArrayList<String>();

        var read = object(
                "{\"a\":[1,{\"b\":[2]}],\"other\":[[3]],\"kept\":[4],\"c\":5}",
                3,
                (index, element) -> elements.add(index + "=" + element));

        assertThat(elements).hasSize(2);
        assertThat(elements.getFirst()).startsWith("0=").contains("1");
        assertThat(elements.getLast()).startsWith("1=").contains("b");
        assertThat(read.members().keySet()).containsExactly("a", "kept");
        assertThat(read.array("kept")).hasSize(1);
    }

    @Test
    void countsTheValuesThatAreKept() throws IOException {
        ElementTaker ignoring = (_, _) -> {};

        assertThat(object("{\"kept\":[1,2],\"other\":[1,2,3,4,5]}", 3, ignoring).array("kept"))
                .hasSize(2);
        assertThat(object("{\"a\":[[1,2],[1,2],[1,2]]}", 3, ignoring).array("a"))
                .isEmpty();
        assertThatThrownBy(() -> object("{\"kept\":[1,2,3]}", 3, ignoring))
                .hasMessageContaining("over 3 values at line 1");
        assertThatThrownBy(() -> object("{\"a\":[[1,2],[1,2,3]]}", 3, ignoring)).hasMessageContaining("over 3 values");
        assertThatThrownBy(() -> object("[]", 3, ignoring)).hasMessageContaining("no object");
        assertThatThrownBy(() -> object("{\"a\":[1", 3, ignoring)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> object("{} 1", 3, ignoring)).hasMessageContaining("follows the value");
    }

    private static JsonObject object(String text, int mostValues, ElementTaker taker) throws IOException {
        return JsonReader.readObject(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                JsonLimits.FOREIGN,
                Set.of("kept"),
                Map.of("a", taker),
                mostValues);
    }

    private static String written(JsonValue value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(value);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTextThatEndsEarlyIsToldWithoutTheLibrarysInternals() {
        assertThatThrownBy(() -> JsonReader.read("{\"a\": [1,", JsonLimits.FOREIGN))
                .hasMessageContaining("line 1, column")
                .hasMessageNotContainingAny("Source", "StreamReadFeature", "marker at");
    }

    @Test
    void writesTheSameAsATextAsToAStream() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.object(() -> json.member("a", "\u00e9"));
        }

        assertThat(JsonWriter.text(json -> json.object(() -> json.member("a", "\u00e9"))))
                .isEqualTo(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"\u00e9\"}\n");
    }
}
