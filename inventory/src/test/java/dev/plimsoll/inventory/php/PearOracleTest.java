package dev.plimsoll.inventory.php;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PEAR and PHP of the machine as the second opinion.
class PearOracleTest {

    private static final Path REGISTRY = Path.of("/usr/share/php/.registry");

    @Test
    void findsWhatPearLists(@TempDir Path folder) throws IOException, InterruptedException {
        var expected = RealImage.answers(folder, List.of("sh", "-c", """
                command -v pear >/dev/null && test -d /usr/share/php/.registry || exit 127
                pear list | sed -n '4,$p' | while read name version state; do echo "pear.php.net/$name $version"; done"""));

        var ours = new ArrayList<String>();
        try (var files = Files.list(REGISTRY)) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".reg"))::iterator) {
                ours.addAll(Analyzed.by(new PearRegistryAnalyzer(), file.toString(), Files.readAllBytes(file))
                        .names());
            }
        }
        assertThat(expected).isNotEmpty();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void findsTheVersionsThatPhpSays(@TempDir Path folder) throws IOException, InterruptedException {
        var answer = RealImage.answers(folder, List.of("sh", "-c", """
                command -v php >/dev/null || exit 127
                php -r 'echo PHP_BINARY, "\\n", PHP_VERSION, "\\n", ini_get("extension_dir"), "\\n";
                  foreach (get_loaded_extensions() as $e) echo strtolower($e), " ", phpversion($e), "\\n";'"""));
        var program = Path.of(answer.get(0));
        assertThat(Analyzed.by(new PhpProgramAnalyzer(), program.toString(), Files.readAllBytes(program))
                        .names())
                .containsExactly("php " + answer.get(1));

        var checked = 0;
        var versions = answer.subList(3, answer.size());
        try (var files = Files.list(Path.of(answer.get(2)))) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".so"))::iterator) {
                for (var line : Analyzed.by(new PhpExtensionAnalyzer(), "php" + file, Files.readAllBytes(file))
                        .names()) {
                    var name = line.substring("php-".length());
                    var loaded = versions.stream()
                            .filter(version -> version.startsWith(name.substring(0, name.indexOf(' ') + 1)))
                            .toList();
                    assertThat(loaded).as(line).isSubsetOf(name);
                    checked += loaded.size();
                }
            }
        }
        assertThat(checked).isPositive();
    }
}
