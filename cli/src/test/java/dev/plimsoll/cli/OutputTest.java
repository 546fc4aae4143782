package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results on standard output and in files. Standard output is a thing of processes, so these tests start some.
final class OutputTest {

    private static final Path EXAMPLES = Run.EXAMPLES.toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.copy(EXAMPLES.resolve("storefront.tar"), folder.resolve("s.tar"));
    }

    @Test
    void givesTheSameBytesWhateverIsAroundIt() throws Exception {
        var here = folder.resolve("s.tar").toString();
        Files.createDirectories(folder.resolve("one"));
        Files.createDirectories(folder.resolve("two"));
        for (var format : List.of("table", "json", "cyclonedx-json", "inventory")) {
            var arguments = List.of(
                    "check",
                    here,
                    "--policy",
                    EXAMPLES.resolve("policy.json").toString(),
                    "--advisories",
                    EXAMPLES.resolve("advisories").toString(),
                    "--at",
                    "2026-06-01",
                    "-o",
                    format + "=result");
            var first = process(
                    "one",
                    List.of("-Duser.timezone=UTC", "-Duser.language=en", "-XX:ActiveProcessorCount=1"),
                    arguments);
            var second = process(
                    "two",
                    List.of(
                            "-Duser.timezone=Pacific/Chatham",
                            "-Duser.language=tr",
                            "-Duser.country=TR",
                            "-Dfile.encoding=ISO-8859-9",
                            "-XX:ActiveProcessorCount=2"),
                    arguments);

            assertThat(first.start().waitFor()).isEqualTo(2);
            assertThat(second.start().waitFor()).isEqualTo(2);
            assertThat(folder.resolve("one/result")).as(format).hasSameBinaryContentAs(folder.resolve("two/result"));
        }
    }

    @Test
    void isAnErrorWhereStandardOutputIsFull() throws Exception {
        for (var arguments : List.of(
                List.of("--version"), List.of("completion"), List.of("sbom", "s.tar"), List.of("check", "--help"))) {
            var started = process(".", List.of(), arguments)
                    .redirectOutput(Path.of("/dev/full").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();

            assertThat(started.waitFor()).as(arguments.toString()).isEqualTo(1);
            assertThat(folder.resolve("err"))
                    .content()
                    .isEqualTo("plimsoll: cannot write to standard output: No space left on device\n");
        }
    }

    @Test
    void keepsItsExitCodeAndItsPeaceWhereTheReaderHasGone() throws Exception {
        var started = process(
                        ".",
                        List.of(),
                        List.of(
                                "check",
                                "s.tar",
                                "--policy",
                                EXAMPLES.resolve("policy.json").toString(),
                                "--advisories",
                                EXAMPLES.resolve("advisories").toString()))
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.getInputStream().close();

        assertThat(started.waitFor()).isEqualTo(2);
        assertThat(folder.resolve("err")).isEmptyFile();
    }

    @Test
    void leavesTheFormerFileWhereWritingFails() throws IOException {
        Files.writeString(folder.resolve("result"), "former");

        var run = Run.of(folder, "sbom", "s.tar", "-o", "json=result", "-o", "table=/dev/full");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cannot write table to /dev/full: No space left on device");
        assertThat(folder.resolve("result")).content().contains("\"schema\"");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("s.tar", "result");
        }
    }

    @Test
    void writesThroughALinkAndLeavesIt() throws IOException {
        Files.writeString(folder.resolve("real"), "former");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

        assertThat(Run.of(folder, "sbom", "s.tar", "-o", "json=link").code()).isZero();
        assertThat(folder.resolve("link")).isSymbolicLink();
        assertThat(folder.resolve("real")).content().contains("\"schema\"");
    }

    @Test
    void takesADashForStandardOutput() {
        assertThat(Run.of(folder, "sbom", "s.tar", "-o", "json=-"))
                .isEqualTo(Run.of(folder, "sbom", "s.tar", "-o", "json"));
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void completesCommandsAndOptionsInBash() throws Exception {
        Files.writeString(
                folder.resolve("completion.bash"), Run.of(folder, "completion").out());
        var bash = new ProcessBuilder("bash", "-c", """
                        source ./completion.bash || exit 9
                        compopt() { :; }
                        words() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_plimsoll; echo "${COMPREPLY[*]}"; }
                        words plimsoll ch; words plimsoll db st; words plimsoll check --pol; words plimsoll vulns --fail
                        """)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("check\nstatus\n--policy\n--fail-on\n");
        assertThat(bash.waitFor()).isZero();
    }

    private ProcessBuilder process(String where, List<String> machine, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(machine);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).directory(folder.resolve(where).toFile());
        builder.environment().putAll(Map.of("HOME", folder.toString()));
        return builder;
    }
}
