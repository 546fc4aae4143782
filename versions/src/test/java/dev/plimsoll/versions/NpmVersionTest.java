package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NpmVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.NPM;

    @TempDir
    private Path folder;

    @Test
    void ordersAndRefusesAsNpmDoes() throws IOException, InterruptedException {
        var module = semver();
        var pairs = VersionPairs.of(
                20260103,
                20_000,
                List.of(
                        "1.2.3",
                        "0.0.0",
                        "v1.2.3",
                        "1.10.0",
                        "10.0.1",
                        "9007199254740991.0.0",
                        "9007199254740992.0.0",
                        "=1.0.0",
                        "1.2.3.4"),
                List.of(
                        "-", "-0", "-rc.1", "-alpha", ".1", ".01", ".a", ".0a", ".10", "-beta", "+", "+7", "+b.1", "A",
                        "_"));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        var script = """
                const semver = require(process.argv[1]);
                const lines = require('fs').readFileSync('pairs', 'utf8').trim().split('\\n');
                console.log(lines.map(line => line.split('\\t')).map(([left, right]) =>
                    semver.valid(left) && semver.valid(right) ? semver.compare(left, right) : 'x').join('\\n'));
                """;
        pairs.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("node", "-e", script, module.toString())), 1500);
    }

    /// npm carries the module; Debian has it as a package of its own, node-semver.
    private static Path semver() throws IOException {
        var candidates = new ArrayList<Path>();
        for (var npm : Oracle.find("npm").stream().toList()) {
            candidates.add(
                    npm.toRealPath().getParent().resolveSibling("node_modules").resolve("semver"));
        }
        candidates.add(Path.of("/usr/share/nodejs/semver"));
        return candidates.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> Oracle.skip("npm's semver, in " + candidates));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0-rc.1, 1.0.0, -1",
        "1.0.0-2, 1.0.0-10, -1",
        "1.0.0+a, 1.0.0+b, 0",
        "v1.0.0, 1.0.0, 0",
        "1.0, 1.0.0, 0",
        "2, 1.9.9, 1"
    })
    void ordersByTheSpecification(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "v", "latest", "=1.0.0", "vv1.0.0", "1.0.0-", "1.0.0-01", "01.0.0", "1.", "1.0.0.0", "1.x"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(SCHEME.compare(text, "1.0.0")).isEmpty();
    }

    @Test
    void takes256CharactersAndNotOneMore() {
        var longest = "1.0.0-" + "a".repeat(NpmVersion.MAX_LENGTH - 6);
        assertThat(SCHEME.compare(longest, "1.0.0")).contains(-1);
        assertThat(SCHEME.compare(longest + "a", "1.0.0")).isEmpty();
    }
}
