package dev.plimsoll.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/policy-test.schema.json` is what the reader takes; `-Dplimsoll.write.reference=true` writes it anew.
final class TestFileSchemaTest {

    private static Iterable<String> names(JsonObject schema) {
        return schema.object("properties").members().keySet();
    }

    @Test
    void theFileIsTheSchema() throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "policy-test.schema.json");
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(TestFileSchema.schema());
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void namesWhatTheReaderKnows() {
        var schema = TestFileSchema.schema();
        var test = schema.object("properties").object("tests").object("items");
        var expectation = test.object("properties").object("expect");

        assertThat(names(schema)).containsExactlyInAnyOrderElementsOf(TestFileReader.DOCUMENT_MEMBERS);
        assertThat(names(test)).containsExactlyInAnyOrderElementsOf(TestFileReader.TEST_MEMBERS);
        assertThat(names(test.object("properties").object("options")))
                .containsExactlyInAnyOrderElementsOf(TestFileReader.OPTION_MEMBERS);
        assertThat(names(expectation)).containsExactlyInAnyOrderElementsOf(ExpectationReader.MEMBERS);
        assertThat(names(expectation.object("properties").object("results").object("items")))
                .containsExactlyInAnyOrderElementsOf(ExpectationReader.RESULT_MEMBERS);
        assertThat(names(schema.object("$defs").object("facts")))
                .containsExactlyInAnyOrderElementsOf(SmallFactsReader.members());
        assertThat(names(schema.object("$defs")
                        .object("facts")
                        .object("properties")
                        .object("malware")))
                .containsExactlyInAnyOrderElementsOf(ContentsReader.MALWARE_MEMBERS);
    }
}
