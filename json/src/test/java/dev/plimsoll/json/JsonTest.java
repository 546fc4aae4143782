package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
        var limits = new JsonLimits(1000, 5, 100, false);

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

    private static String written(JsonValue value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(value);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
