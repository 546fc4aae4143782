package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TomlReaderTest {

    private static JsonObject read(String text) throws JsonException {
        return TomlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesTheTreeThatJsonWouldGive() throws JsonException {
        var read = read("""
                version = 3
                [[package]]
                name = "serde"
                version = "1.0.197"
                dependencies = ["serde_derive 1.0.197", "x"]
                [package.metadata]
                yes = true
                half = 0.5
                day = 2026-01-02
                """);

        assertThat(read.number("version"))
                .hasValueSatisfying(number -> assertThat(number).isEqualTo("3"));
        var item = read.objects("package").getFirst();
        assertThat(item.string("name")).contains("serde");
        assertThat(item.strings("dependencies")).containsExactly("serde_derive 1.0.197", "x");
        assertThat(item.object("metadata").string("day")).contains("2026-01-02");
        assertThat(item.object("metadata").number("half"))
                .hasValueSatisfying(n -> assertThat(n).isEqualTo("0.5"));
    }

    @Test
    void saysWhereItIsNoToml() {
        assertThatThrownBy(() -> read("a = 1\nb = \n"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void isBounded() {
        assertThatThrownBy(() -> read("a = " + "[".repeat(110) + "]".repeat(110)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("nests");
        assertThatThrownBy(() -> TomlReader.read(new byte[TomlReader.MAX_LENGTH + 1]))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("bytes");
    }

    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] text) {
        try {
            TomlReader.read(text);
        } catch (JsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
