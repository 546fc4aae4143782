package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.GO;

    @TempDir
    private Path folder;

    /// The toolchain carries golang.org/x/mod/semver among its own sources, so that no network is needed.
    @Test
    void ordersAndRefusesModuleVersionsAsGoDoes() throws IOException, InterruptedException {
        var root =
                Path.of(Oracle.answers(folder, List.of(Oracle.executable("go").toString(), "env", "GOROOT"))
                        .getFirst());
        var source = root.resolve("src/cmd/vendor/golang.org/x/mod/semver/semver.go");
        if (!Files.exists(source)) {
            Oracle.skip("golang.org/x/mod/semver, in the toolchain's " + source);
        }
        var pairs = VersionPairs.of(
                20260107,
                20_000,
                List.of("v1.2.3", "v0.0.0", "v1", "v1.2", "v10.0.1", "v0.0.0-20210101000000-abcdef012345", "v1.2.3.4"),
                List.of(
                        "-",
                        "-0",
                        "-rc.1",
                        "-0.20210101000000-abcdef012345",
                        ".1",
                        ".01",
                        ".a",
                        ".10",
                        "+incompatible",
                        "A",
                        "_"));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        Files.createDirectory(folder.resolve("semver"));
        Files.copy(source, folder.resolve("semver/semver.go"));
        Files.writeString(folder.resolve("go.mod"), "module oracle\n\ngo 1.21\n");
        Files.writeString(folder.resolve("main.go"), """
                package main

                import ("bufio"; "fmt"; "os"; "strings"; "oracle/semver")

                func main() {
                    file, _ := os.Open("pairs")
                    lines := bufio.NewScanner(file)
                    for lines.Scan() {
                        pair := strings.Split(lines.Text(), "\\t")
                        if semver.IsValid(pair[0]) && semver.IsValid(pair[1]) {
                            fmt.Println(semver.Compare(pair[0], pair[1]))
                        } else {
                            fmt.Println("x")
                        }
                    }
                }
                """);
        pairs.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("go", "run", ".")), 1000);
    }

    @ParameterizedTest
    @CsvSource({
        "go1.22.1, 1.22.1, 0",
        "go1.21rc2, 1.21.0-rc.2, 0",
        "go1.21rc2, 1.21.0-rc.3, -1",
        "1.21rc1, 1.21.0-0, 1",
        "go1.20.14, 1.21.0-0, -1",
        "go1.20, 1.20.0, 0",
        "go1.9beta1, 1.9rc1, -1",
        "go1.19.13+boringcrypto, 1.19.13, 0",
        "go1.19.13b4, 1.19.13, x",
        "go1.22.1-bigcorp, 1.22.1, 0",
        "v2.0.0+incompatible, 2.0.0, 0",
        "v0.0.0-20210101000000-abcdef012345, v0.0.0-20210102000000-000000000000, -1",
        "v1.2.4-0.20210101000000-abcdef012345, v1.2.3, 1"
    })
    void ordersToolchainsAndPseudoVersions(String left, String right, String order) {
        assertThat(SCHEME.compare(left, right).map(String::valueOf).orElse("x")).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(devel)", "v", "go", "latest", "devel", "01.2.3", "vgo1.2"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(SCHEME.compare(text, "v1.0.0")).isEmpty();
    }
}
