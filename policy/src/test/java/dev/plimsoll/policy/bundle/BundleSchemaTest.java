package dev.plimsoll.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.gate.Gates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keeps `docs/policy-1_0.schema.json` and `docs/policy-2.schema.json` what the declarations say. To write them anew:
/// run
/// this test with `-Dplimsoll.write.reference=true` among surefire's JVM arguments
/// (`-Dplimsoll.test.jvm=-Dplimsoll.write.reference=true`). What they accept is tested where the command prints them.
final class BundleSchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"1_0", "2"})
    void theFileIsWhatTheDeclarationsSay(String version) throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "policy-" + version + ".schema.json");
        var bytes = new ByteArrayOutputStream();
        try (var writer = JsonWriter.indented(bytes)) {
            writer.element(BundleSchema.ofFormat(version));
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("write it anew: see the comment above")
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_0", "2"})
    void knowsEveryTriggerAndParameter(String version) {
        JsonObject definitions = BundleSchema.ofFormat(version).object("$defs");

        for (var gate : Gates.all()) {
            for (var trigger : gate.triggers()) {
                var names = definitions
                        .object("trigger-" + gate.name() + "-" + trigger.name())
                        .object("properties")
                        .object("params")
                        .object("items")
                        .object("properties")
                        .object("name")
                        .objects("anyOf");
                assertThat(names.stream().flatMap(choice -> choice.string("const").stream()))
                        .as(gate.name() + "/" + trigger.name())
                        .containsExactlyElementsOf(trigger.parameters().stream()
                                .map(parameter -> parameter.name())
                                .toList());
            }
        }
    }
}
