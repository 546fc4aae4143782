package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plimsoll.cli.hostile.Ending;
import dev.plimsoll.cli.hostile.HostileCase;
import dev.plimsoll.cli.hostile.HostileCatalogue;
import dev.plimsoll.cli.hostile.OddImage;
import dev.plimsoll.cli.hostile.Scale;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bar for every hostile or odd input: the whole command ends soon, in the memory that the launcher gives it, with
/// the exit code that is documented and one clear message, and leaves nothing behind.
final class HostileInputTest {

    /// A guard against hangs.
    private static final Duration MOST = Duration.ofSeconds(30);

    /// What the launcher gives, in bytes.
    private static final long HEAP = 512L << 20;

    private static final String POLICY = """
            {"id":"b","name":"b","version":"1_0","policies":[{"id":"p","name":"p","version":"1_0","rules":[{"gate":"always","trigger":"always","action":"GO"}]}],
             "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
               "policy_ids":["p"],"whitelist_ids":[]}]}
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void theHeapIsTheLaunchers() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(HEAP);
        // it unpacks its native part to a temporary file when it is first used, which goes when the process ends
        assertThat(com.github.luben.zstd.Zstd.maxCompressionLevel()).isPositive();
    }

    @BeforeEach
    void writePolicy() throws IOException {
        Files.writeString(folder.resolve("policy.json"), POLICY);
    }

    static List<HostileCase> cases() {
        return HostileCatalogue.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyHostileInputEndsAsItMust(HostileCase hostile) throws IOException {
        var where = hostile.generator().write(folder, Scale.LOWERED);
        var ending = hostile.ending(Scale.LOWERED);
        var options = hostile.options(Scale.LOWERED);
        var before = present();

        var sbom = run(options, "sbom", where, "-o", "inventory");
        var check = run(options, "check", where, "--policy", "policy.json");

        assertThat(present()).as(hostile.name()).isEqualTo(before);
        assertThat(sbom.code()).as(hostile + ": " + sbom.err()).isEqualTo(ending.ofSbom());
        assertThat(check.code()).as(hostile + ": " + check.err()).isEqualTo(ending.ofCheck());
        for (var run : List.of(sbom, check)) {
            assertThat(run.out() + run.err())
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ")
                    .doesNotContain("should not happen")
                    .doesNotContain(" failed: ");
            assertThat(run.err()
                            .lines()
                            .flatMapToInt(String::chars)
                            .filter(Character::isISOControl)
                            .toArray())
                    .isEmpty();
        }
        switch (ending) {
            case Ending.Refused(var phrases) -> isOneMessage(phrases, sbom, check);
            case Ending.NoImage(var phrases) -> isOneMessage(phrases, sbom, check);
            case Ending.Unknown(var phrases) -> {
                var inventory = inventory(sbom);
                assertThat(inventory.unknowns()).isNotEmpty();
                for (var phrase : phrases) {
                    assertThat(unknowns(inventory)).anyMatch(line -> line.contains(phrase));
                }
            }
            case Ending.Read() -> inventory(sbom);
            case Ending.Lawful(var files) -> {
                var inventory = inventory(sbom);
                assertThat(unknowns(inventory)).isEmpty();
                var paths = paths(inventory);
                for (var file : files) {
                    if (file.startsWith("!")) {
                        assertThat(paths).doesNotContain(file.substring(1));
                    } else {
                        assertThat(paths).contains(file);
                    }
                }
            }
        }
    }

    private Run run(List<String> options, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(options);
        var input = folder.resolve(HostileCase.STANDARD_INPUT);
        return assertTimeoutPreemptively(MOST, () -> {
            try (var in = Files.exists(input) ? Files.newInputStream(input) : InputStream.nullInputStream()) {
                return Run.of(folder, Map.of(), in, all.toArray(String[]::new));
            }
        });
    }

    private static void isOneMessage(List<String> phrases, Run... runs) {
        for (var run : runs) {
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .startsWith("plimsoll: ")
                    .contains(phrases)
                    .hasSizeLessThan(2100);
        }
    }

    /// The package of the lowest layer must be there whatever stands above it.
    private static Inventory inventory(Run sbom) throws IOException {
        var inventory = InventoryReader.read(sbom.out().getBytes(StandardCharsets.UTF_8));
        assertThat(inventory.packages()).extracting(found -> found.name()).contains("good");
        assertThat(paths(inventory)).contains(OddImage.GOOD);
        return inventory;
    }

    private static Set<String> paths(Inventory inventory) {
        var paths = new TreeSet<String>();
        inventory.files().orElseThrow().forEach(file -> paths.add(file.path()));
        return paths;
    }

    private static List<String> unknowns(Inventory inventory) {
        return inventory.unknowns().stream()
                .map(unknown -> unknown.path() + ": " + unknown.place() + ": " + unknown.reason())
                .toList();
    }

    /// All files of the folder that the command runs in, and what stands in the folder for temporary files.
    private Set<String> present() throws IOException {
        try (var here = Files.walk(folder);
                var temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            var all = here.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
            temporary
                    .map(Path::toString)
                    .filter(name -> name.contains("plimsoll"))
                    .forEach(all::add);
            return all;
        }
    }

    /// What is cut between two entries, or in the padding and the end mark, has lost nothing.
    @Test
    void anArchiveThatIsCutAtAnyByteEnds() throws IOException {
        var whole = HostileCatalogue.archive();
        for (var length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("image.tar"), Arrays.copyOf(whole, length));
            var run = run(List.of(), "sbom", "docker-archive:image.tar", "-o", "inventory");
            if (run.code() == 0) {
                assertThat(whole.length - length).as("cut at %d", length).isLessThanOrEqualTo(1024 + 512);
                inventory(run);
            } else {
                assertThat(run.code()).as("cut at %d", length).isEqualTo(1);
                isOneMessage(List.of("image.tar"), run);
            }
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(cases()).extracting(HostileCase::name).doesNotHaveDuplicates();
    }
}
