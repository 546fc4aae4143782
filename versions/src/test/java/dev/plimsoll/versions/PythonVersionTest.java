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

final class PythonVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.PEP440;

    @TempDir
    private Path folder;

    @Test
    void ordersAndRefusesAsPackagingDoes() throws IOException, InterruptedException {
        var pairs = VersionPairs.of(
                20260104,
                8000,
                List.of("1", "1.0", "2.5", "1!1", "0!2", "v1", "0", "10.01"),
                List.of(
                        ".",
                        ".0",
                        ".1",
                        ".10",
                        "a1",
                        "b",
                        "-alpha_2",
                        "rc1",
                        "c2",
                        "pre",
                        ".preview3",
                        ".post1",
                        "-1",
                        "rev2",
                        "r",
                        "post",
                        ".dev1",
                        "dev",
                        "-dev_2",
                        "+",
                        "+local",
                        "+1",
                        "+ubuntu.1",
                        ".1a",
                        "A",
                        "_"));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        var script = """
                try:
                    from packaging.version import Version, InvalidVersion
                except ImportError:
                    try:
                        from pip._vendor.packaging.version import Version, InvalidVersion
                    except ImportError:
                        raise SystemExit('ABSENT: neither packaging nor pip')
                for line in open('pairs'):
                    left, right = line.rstrip('\\n').split('\\t')
                    try:
                        left, right = Version(left), Version(right)
                        print((left > right) - (left < right))
                    except InvalidVersion:
                        print('x')
                """;
        pairs.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("python3", "-c", script)), 1200);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.dev1, 1.0a1, -1",
        "1.0a1.dev1, 1.0a1, -1",
        "1.0rc1, 1.0, -1",
        "1.0, 1.0.post1, -1",
        "1.0.post1.dev1, 1.0.post1, -1",
        "1.0, 1.0+ubuntu1, -1",
        "1!0.1, 2024.1, 1",
        "1.0-ALPHA, 1a0, 0",
        "1.0, 1.0.0, 0"
    })
    void ordersByTheSpecification(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "1.0-foo", "1..0", "1.0+", "!1", "2004d", "1.0.*"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(SCHEME.compare(text, "1")).isEmpty();
    }
}
