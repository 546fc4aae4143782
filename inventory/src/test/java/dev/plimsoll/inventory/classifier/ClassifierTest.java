package dev.plimsoll.inventory.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.golang.ProgramBytes;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTest {

    private static final List<String> SCRIPTS = List.of("composer", "wp-cli", "elixir");

    private static List<JsonObject> samples() {
        try (var stream = ClassifierTest.class.getResourceAsStream("samples.yaml")) {
            assertThat(stream).isNotNull();
            return ((JsonObject) YamlReader.read(stream.readAllBytes())).objects("samples");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonObject sample, String name) {
        return sample.string(name).orElse("");
    }

    private static Analyzed analyzed(JsonObject sample, String bytes) {
        var file = text(sample, "file");
        if (sample.get("module").isPresent()) {
            var program = ProgramBytes.elf().upTo(64);
            var module = text(sample, "module");
            program = bytes.isEmpty()
                    ? program.blob("go1.21.3", "path\t" + module + "\nmod\t" + module + "\tv1.2.3\t\n")
                    : program.blob("go1.21.3", "path\tx/" + module + "\nmod\tx/" + module + "\tv1.2.3\t\n");
            return Analyzed.by(new ProgramClassifier(), file, program.bytes());
        }
        var content = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return SCRIPTS.contains(text(sample, "product"))
                ? Analyzed.by(new ScriptClassifier(), file, content)
                : Analyzed.by(
                        new ProgramClassifier(),
                        file,
                        ElfBytes.elf().section(".rodata", content).bytes());
    }

    static Stream<JsonObject> eachSample() {
        return samples().stream();
    }

    @ParameterizedTest
    @MethodSource("eachSample")
    void theProductIsFoundByItsBytesAndByNothingLikeThem(JsonObject sample) {
        var product = text(sample, "product");
        var classifier = Classifiers.table().all().stream()
                .filter(row -> row.product().equals(product))
                .findFirst()
                .orElseThrow();

        var found = analyzed(sample, text(sample, "bytes"));
        assertThat(found.unknowns()).isEmpty();
        assertThat(found.packages().stream().map(item -> item.name() + " " + item.version()))
                .containsExactly(classifier.name() + " " + text(sample, "version"));
        assertThat(found.packages().getFirst().properties()).isEqualTo(Map.of(PackageProperty.CONFIDENCE, "low"));
        assertThat(found.packages().getFirst().cpes()).hasSameSizeAs(classifier.cpes());

        var miss = sample.get("module").isPresent() ? "x" : text(sample, "miss");
        assertThat(miss).isNotEmpty();
        assertThat(analyzed(sample, miss).packages()).isEmpty();
    }

    @Test
    void everyRowHasASampleAndASourceAndAProduct() {
        var rows = Classifiers.table().all();
        assertThat(rows)
                .hasSizeGreaterThanOrEqualTo(79)
                .allSatisfy(row -> assertThat(row.source()).isNotBlank());
        assertThat(samples().stream().map(sample -> text(sample, "product")).collect(Collectors.toSet()))
                .containsAll(rows.stream().map(Classifier::product).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theTableIsYamlToo() throws IOException {
        try (var stream = Classifiers.class.getResourceAsStream("classifiers.yaml")) {
            assertThat(stream).isNotNull();
            assertThat(((JsonObject) YamlReader.read(stream.readAllBytes())).objects("classifiers"))
                    .hasSameSizeAs(Classifiers.table().all());
        }
    }

    @Test
    void versionsInCpesAreQuoted() {
        var row = Classifiers.table().all().stream()
                .filter(item -> item.product().equals("openjdk"))
                .findFirst()
                .orElseThrow();

        assertThat(row.cpes("17.0.9+9")).containsExactly("cpe:2.3:a:oracle:openjdk:17.0.9:*:*:*:*:*:*:*");
        assertThat(row.cpes("1.0~rc1")).containsExactly("cpe:2.3:a:oracle:openjdk:1.0\\~rc1:*:*:*:*:*:*:*");
    }

    /// A text that two windows share, and one at the very end.
    @Test
    void textsAreFoundWhereverTheyStand() {
        for (var at : List.of(0, 1, TextSearch.WINDOW - 20, TextSearch.WINDOW - 1, TextSearch.WINDOW, 3_000_000)) {
            var content = new byte[at + 60];
            var text = "\0OpenSSL 3.0.22 25 Aug 2026\0".getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, content, at, text.length);
            assertThat(Analyzed.by(
                                    new ProgramClassifier(),
                                    "usr/bin/openssl",
                                    ElfBytes.elf().section("x", content).bytes())
                            .names())
                    .as("at %d", at)
                    .containsExactly("openssl 3.0.22");
        }
    }

    @FuzzTest
    void anyProgramOfAnyNameIsClassifiedOrNot(byte[] bytes) {
        var program = ElfBytes.elf().section("x", bytes).bytes();
        for (var name : List.of("python3", "java", "mysqld", "libkrb5.so", "gcc")) {
            assertThat(Analyzed.by(new ProgramClassifier(), name, program).unknowns())
                    .isEmpty();
        }
        assertThat(Analyzed.by(new ScriptClassifier(), "composer", bytes).unknowns())
                .isEmpty();
    }

    /// The programs of the machine that the test runs on, against what they say of themselves.
    @ParameterizedTest
    @CsvSource({
        "/usr/bin/bash, --version",
        "/usr/bin/perl, -v",
        "/usr/bin/python3.11, --version",
        "/usr/bin/openssl, version",
        "/usr/bin/curl, --version",
        "/usr/bin/node, --version",
        "/usr/bin/gzip, --version",
        "/usr/bin/xz, --version",
        "/usr/bin/zstd, --version",
        "/usr/bin/getopt, --version",
        "/usr/bin/jq, --version",
        "/usr/bin/ruby, --version",
        "/usr/sbin/nginx, -v",
        "/usr/local/go/bin/go, version",
        "/usr/bin/gcc, --version",
    })
    void realProgramsAreFoundInTheVersionThatTheySay(String program, String option)
            throws IOException, InterruptedException {
        var path = Path.of(program);
        if (!Files.isExecutable(path)) {
            System.err.println("SKIPPED: ClassifierTest needs " + program);
        }
        assumeTrue(Files.isExecutable(path));
        var real = path.toRealPath();
        var process =
                new ProcessBuilder(program, option).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        try (var stream = Files.newInputStream(real)) {
            var found = Analyzed.by(new ProgramClassifier(), real.toString().substring(1), Files.size(real), stream);
            if (program.equals("/usr/bin/ruby") && found.packages().isEmpty()) {
                return; // its library holds the version
            }
            assertThat(found.packages()).hasSize(1);
            assertThat(said).contains(found.packages().getFirst().version());
        }
    }
}
