package dev.plimsoll.inventory.php;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Composer as the second opinion, over a project that it installs from folders, without a registry.
class ComposerOracleTest {

    @Test
    void findsWhatComposerShows(@TempDir Path folder) throws IOException, InterruptedException {
        part(folder, "one", "\"license\": \"MIT\", \"version\": \"1.2.3\", \"require\": {\"sample/two\": \"*\"}");
        part(folder, "two", "\"version\": \"v2.0.0\"");
        part(folder, "three", "\"version\": \"0.3.0\"");
        Files.writeString(folder.resolve("composer.json"), """
                {"name": "sample/project", "require": {"sample/one": "*"}, "require-dev": {"sample/three": "*"},
                 "repositories": [{"type": "path", "url": "parts/*", "options": {"symlink": false}},
                                  {"packagist.org": false}]}
                """);

        var expected = RealImage.answers(folder, List.of("sh", "-c", """
                command -v composer >/dev/null || exit 127
                export COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME="$PWD/home" COMPOSER_DISABLE_NETWORK=1
                composer install --no-interaction --quiet && composer show --format=text | awk '{print $1, $2}'"""));

        assertThat(expected).hasSize(3);
        for (var analyzed : List.of(
                Analyzed.by(
                        new ComposerInstalledAnalyzer(),
                        "vendor/composer/installed.json",
                        Files.readAllBytes(folder.resolve("vendor/composer/installed.json"))),
                Analyzed.by(
                        new ComposerLockAnalyzer(),
                        "composer.lock",
                        Files.readAllBytes(folder.resolve("composer.lock"))))) {
            assertThat(analyzed.unknowns()).isEmpty();
            assertThat(analyzed.names()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(analyzed.packages().stream()
                            .filter(found -> found.name().equals("one"))
                            .findFirst()
                            .orElseThrow()
                            .dependencies())
                    .containsExactly("sample/two");
            assertThat(analyzed.packages().stream()
                            .filter(found -> !found.properties().isEmpty())
                            .map(found -> found.name() + " " + found.properties()))
                    .containsExactly("three {SCOPE=development}");
        }
    }

    private static void part(Path folder, String name, String members) throws IOException {
        var place = Files.createDirectories(folder.resolve("parts").resolve(name));
        Files.writeString(place.resolve("composer.json"), "{\"name\": \"sample/" + name + "\", " + members + "}");
    }
}
