package dev.plimsoll.inventory.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerfileReaderTest {

    static Dockerfile read(String text) {
        return switch (DockerfileReader.read(text)) {
            case DockerfileReader.Understood(var dockerfile) -> dockerfile;
            case DockerfileReader.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<String> shown(String text) {
        return read(text).instructions().stream()
                .map(instruction -> instruction.keyword() + "|" + instruction.arguments())
                .toList();
    }

    @Test
    void dropsCommentsAndEmptyLinesAndReadsLowerCase() {
        assertThat(shown("# a comment\n\n  from scratch \r\n\n#x\nRun\techo #no comment\n"))
                .containsExactly("FROM|scratch", "RUN|echo #no comment");
    }

    @Test
    void joinsContinuedLinesAsAnchoreDoes() {
        assertThat(shown("RUN a \\\n    b&&\\\n# between\n\n  c\\  \n d")).containsExactly("RUN|a b&&cd");
    }

    @Test
    void anInstructionMayEndWithTheText() {
        assertThat(shown("RUN a \\")).containsExactly("RUN|a");
        assertThat(shown("\\\nRUN a")).containsExactly("RUN|a");
        assertThat(shown("")).isEmpty();
        assertThat(shown("EXPOSE")).containsExactly("EXPOSE|");
    }

    @Test
    void theEscapeDirectiveChangesTheEscape() {
        assertThat(shown("# syntax=docker/dockerfile:1\n# Escape = `\nRUN a `\n  b\nCOPY c:\\ d:\\\nUSER x"))
                .containsExactly("RUN|a b", "COPY|c:\\ d:\\", "USER|x");
        assertThat(shown("# comment\n# escape=`\nRUN a \\\n b")).containsExactly("RUN|a b");
    }

    @Test
    void contentsOfHereDocumentsAreNoInstructions() {
        var dockerfile =
                read("RUN <<EOF sh\nUSER root\nEOF\nCOPY <<-\"A\" <<B /x\n\tFROM y\n\tA\nUSER z\nB\nUSER app\n");

        assertThat(dockerfile.instructions()).extracting(Instruction::keyword).containsExactly("RUN", "COPY", "USER");
        assertThat(dockerfile.instructions().get(0).content()).containsExactly("USER root");
        assertThat(dockerfile.instructions().get(1).content()).containsExactly("FROM y", "USER z");
        assertThat(dockerfile.instructions().get(2).line()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"RUN cat <<<EOF", "RUN echo a<<EOF", "ENV A=<<EOF", "RUN echo $((1<<2))"})
    void whatLooksLikeAHereDocumentIsNone(String line) {
        assertThat(shown(line + "\nUSER a\n")).contains("USER|a");
    }

    @Test
    void followsStagesByTheirNames() {
        var dockerfile = read(
                "ARG X\nFROM a AS One\nUSER 1\nFROM --platform=linux/amd64 b as two\nUSER 2\nFROM one\nEXPOSE 1\n");

        assertThat(dockerfile.effective("USER"))
                .extracting(Instruction::arguments)
                .containsExactly("1");
        assertThat(dockerfile.all("USER")).hasSize(2);
        assertThat(read("FROM a AS a\nUSER 1\n").effective("USER")).hasSize(1);
        assertThat(read("USER 1\n").effective("USER")).hasSize(1);
    }

    @Test
    void hasLimits() {
        assertThat(DockerfileReader.read("#" + "x".repeat(DockerfileReader.MAX_LENGTH - 1)))
                .isInstanceOf(DockerfileReader.Understood.class);
        assertThat(DockerfileReader.read("#" + "x".repeat(DockerfileReader.MAX_LENGTH)))
                .isInstanceOf(DockerfileReader.Refused.class);
        assertThat(DockerfileReader.read("USER a\n".repeat(DockerfileReader.MAX_INSTRUCTIONS)))
                .isInstanceOf(DockerfileReader.Understood.class);
        assertThat(DockerfileReader.read("USER a\n".repeat(DockerfileReader.MAX_INSTRUCTIONS + 1)))
                .isInstanceOf(DockerfileReader.Refused.class);
        var stages = new StringBuilder();
        for (int i = 0; i < DockerfileReader.MAX_INSTRUCTIONS; i++) {
            stages.append("FROM s").append(i - 1).append(" AS s").append(i).append('\n');
        }
        assertThat(read(stages.toString()).effective("FROM")).hasSize(DockerfileReader.MAX_INSTRUCTIONS);
    }
}
