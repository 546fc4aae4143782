package dev.plimsoll.image.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberNamesTest {

    private static String ambiguity(String text) throws JsonException {
        return MemberNames.ambiguity(JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"Layers\":[]}; Layers",
                "{\"config\":{\"user\":\"root\"}}; user",
                "{\"config\":{\"argsescaped\":true}}; argsescaped",
                "{\"config\":{\"Healthcheck\":{\"INTERVAL\":1}}}; INTERVAL",
                "{\"config\":{\"Healthcheck\":{\"startinterval\":1}}}; startinterval",
                "{\"rootfs\":{\"Diff_ids\":[]}}; Diff_ids",
            })
    void namesInOtherLettersAreAmbiguous(String text, String member) throws JsonException {
        assertThat(ambiguity(text)).startsWith("has a member \"" + member + "\", which some readers take for");
    }

    @Test
    void namesAsTheyAreAndOtherNamesAreNot() throws JsonException {
        assertThat(ambiguity("""
                {"layers":[{"digest":"a"}],"config":{"User":"a","Healthcheck":{"Test":[],"Retries":1,"other":1}},"x":1}""")).isEmpty();
    }
}
