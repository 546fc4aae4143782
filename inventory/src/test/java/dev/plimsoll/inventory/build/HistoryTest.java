package dev.plimsoll.inventory.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ConfigurationReader;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Steps of histories, in the forms that builders write.
public final class HistoryTest {

    /// A configuration with that history; a step that begins with `-` brought no layer.
    public static ImageConfiguration history(String labels, String... steps) {
        var history = new ArrayList<String>();
        var diffIds = new ArrayList<String>();
        for (var step : steps) {
            var empty = step.startsWith("-");
            var parts = (empty ? step.substring(1) : step).split("@@", -1);
            history.add("{\"created_by\":\"" + parts[0].replace("\\", "\\\\").replace("\"", "\\\"")
                    + "\",\"comment\":\"" + (parts.length > 1 ? parts[1] : "") + "\",\"empty_layer\":" + empty + "}");
            if (!empty) {
                diffIds.add("\"sha256:" + String.format("%064d", diffIds.size()) + "\"");
            }
        }
        try {
            return ConfigurationReader.read(
                    (JsonObject) JsonReader.read(
                            "{\"config\":{\"Labels\":{" + labels + "}},\"history\":[" + String.join(",", history)
                                    + "],\"rootfs\":{\"diff_ids\":[" + String.join(",", diffIds) + "]}}",
                            JsonLimits.FOREIGN),
                    "test");
        } catch (JsonException | ImageException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/bin/sh -c #(nop) COPY dir:1 in /app ; COPY; dir:1 in /app",
                "/bin/sh -c apt-get update; RUN; apt-get update",
                "|1 A=b c /bin/sh -c make; RUN; make",
                "RUN |2 A=b C=d /bin/sh -c make # buildkit; RUN; make",
                "RUN /bin/sh -c make -j2 # buildkit; RUN; make -j2",
                "RUN /bin/bash -o pipefail -c make # buildkit; RUN; /bin/bash -o pipefail -c make",
                "RUN make; RUN; make",
                "COPY . . # buildkit; COPY; . .",
                "cmd /S /C choco install git; RUN; cmd /S /C choco install git",
                "/bin/sh -c #(nop)  CMD [\"sh\"]; CMD; '[\"sh\"]'",
                "EXPOSE map[80/tcp:{}]; EXPOSE; map[80/tcp:{}]",
                "/bin/sh; RUN; /bin/sh",
            })
    void readsTheStepsOfEveryBuilder(String createdBy, String keyword, String command) {
        var step = HistoryStep.of(history("", createdBy)).getFirst();

        assertThat(step.keyword()).isEqualTo(keyword);
        assertThat(step.command()).isEqualTo(command.replace("'", ""));
    }

    @Test
    void countsTheLayers() {
        assertThat(HistoryStep.of(history("", "ADD a", "-CMD b", "RUN c")))
                .extracting(step -> step.layer().orElse(-1))
                .containsExactly(0, -1, 1);
    }

    private static List<String> layers(BuildSteps steps) {
        return steps.steps().stream()
                .map(step -> step.instruction().keyword() + step.layer().orElse(-1))
                .toList();
    }

    @Test
    void tellsWhichInstructionMadeWhichLayer() {
        var dockerfile = DockerfileReaderTest.read(
                "FROM debian AS a\nARG X\nRUN one\nFROM golang AS b\nRUN no\nFROM a\nCOPY x y\nUSER z\nCMD [\"q\"]\n");
        var image = history(
                "",
                "ADD debian",
                "-CMD bash",
                "RUN /bin/sh -c one # buildkit",
                "COPY x y # buildkit",
                "-USER z",
                "-CMD q");

        assertThat(BuildSteps.of(dockerfile, image)).hasValueSatisfying(steps -> {
            assertThat(layers(steps)).containsExactly("ARG-1", "RUN1", "COPY2", "USER-1", "CMD-1");
            assertThat(steps.layersBeneath()).isEqualTo(1);
        });
    }

    @Test
    void saysNothingWhereTheHistoryIsOfAnotherDockerfile() {
        var dockerfile = DockerfileReaderTest.read("FROM debian\nRUN one\nCOPY x y\n");

        assertThat(BuildSteps.of(dockerfile, history("", "ADD debian", "RUN one")))
                .isEmpty();
        assertThat(BuildSteps.of(DockerfileReaderTest.read("RUN one\n"), history("", "RUN one")))
                .isEmpty();
    }

    @Test
    void aBuildThatBringsNoLayerHasAllOfThemBeneath() {
        var steps =
                BuildSteps.of(DockerfileReaderTest.read("FROM a\nUSER x\n"), history("", "ADD a", "RUN b", "-USER x"));

        assertThat(steps)
                .hasValueSatisfying(found -> assertThat(found.layersBeneath()).isEqualTo(2));
    }
}
