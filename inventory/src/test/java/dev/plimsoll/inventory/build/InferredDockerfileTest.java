package dev.plimsoll.inventory.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferredDockerfileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"Test\":[\"CMD\",\"a\",\"b c\"]}; CMD [\"a\", \"b c\"]",
                "{\"Test\":[\"CMD-SHELL\",\"a b\"],\"Interval\":90000000000,\"Retries\":3};"
                        + " --interval=90s --retries=3 CMD a b",
                "{\"Test\":[\"CMD-SHELL\",\"a\"],\"Timeout\":1500000000,\"StartPeriod\":1000000000,\"StartInterval\":1};"
                        + " --timeout=1500000000ns --start-period=1s --start-interval=1ns CMD a",
                "{\"Test\":[\"NONE\"],\"Interval\":1}; NONE",
                "{\"Test\":[]}; NONE",
            })
    void aHealthcheckStandsAsADockerfileWouldHaveIt(String healthcheck, String arguments)
            throws ImageException, JsonException {
        var text = "{\"config\":{\"Healthcheck\":" + healthcheck + "}}";
        var configuration = ConfigurationReader.read(
                (JsonObject) JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN), "test");

        assertThat(InferredDockerfile.of(configuration).instructions())
                .filteredOn(instruction -> instruction.keyword().equals("HEALTHCHECK"))
                .extracting(Instruction::arguments)
                .containsExactly(arguments);
    }
}
