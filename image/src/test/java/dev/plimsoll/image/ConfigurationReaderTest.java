package dev.plimsoll.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Healthcheck.Times;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

    private static ImageConfiguration read(String config) throws ImageException, JsonException {
        var text = "{\"config\":" + config + "}";
        var root = (JsonObject) JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN);
        return ConfigurationReader.read(root, "configuration");
    }

    @Test
    void readsWhatDockerPutsBesideTheSpecificationOfOci() throws Exception {
        var configuration = read("""
                {"Shell":["/bin/bash","-c"],"OnBuild":["RUN a","COPY . /b"],"StopSignal":"SIGQUIT","WorkingDir":"/srv",
                 "ArgsEscaped":true,
                 "Healthcheck":{"Test":["CMD-SHELL","curl -f http://localhost"],"Interval":30000000000,"Timeout":1500000000,
                   "StartPeriod":60000000000,"StartInterval":1000000,"Retries":5}}
                """);

        assertThat(configuration.shell()).containsExactly("/bin/bash", "-c");
        assertThat(configuration.onBuild()).containsExactly("RUN a", "COPY . /b");
        assertThat(configuration.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(configuration.workingDirectory()).isEqualTo("/srv");
        assertThat(configuration.argsEscaped()).contains(true);
        assertThat(configuration.healthcheck())
                .contains(new Healthcheck(
                        List.of("CMD-SHELL", "curl -f http://localhost"),
                        Optional.of(new Times(
                                Duration.ofSeconds(30),
                                Duration.ofMillis(1500),
                                Duration.ofMinutes(1),
                                Duration.ofMillis(1),
                                5))));
    }

    @Test
    void whatIsNotGivenIsLeftToTheEngine() throws Exception {
        var configuration = read("{\"Healthcheck\":{\"Test\":[\"NONE\"]}}");

        assertThat(configuration.argsEscaped()).contains(false);
        assertThat(configuration.healthcheck())
                .contains(new Healthcheck(List.of("NONE"), Optional.of(Times.OF_ENGINE)));
        assertThat(read("{\"Healthcheck\":{\"Interval\":1}}").healthcheck()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1e40", "99999999999999999999", "\"30s\"", "null", "[]"})
    void timesThatNoEngineWouldTakeAreNone(String value) throws Exception {
        var healthcheck = read("{\"Healthcheck\":{\"Test\":[],\"Interval\":" + value + ",\"Retries\":" + value + "}}")
                .healthcheck()
                .orElseThrow();

        assertThat(healthcheck.times()).contains(Times.OF_ENGINE);
    }
}
