package dev.plimsoll.inventory.php;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhpTest {

    private static final String MONOLOG = """
            {"name": "Monolog/monolog", "version": "2.9.1", "license": ["MIT"],
             "dist": {"type": "zip", "shasum": "%s"},
             "require": {"php": ">=7.2", "ext-json": "*", "psr/log": "^1.0"}}""".formatted("0".repeat(40));

    private static final String CACHE = "{\"name\": \"psr/cache\", \"version\": \"v3.0.0\", \"license\": \"MIT\"}";

    @Test
    void composersLockTellsDevelopmentApart() {
        var analyzed = Analyzed.by(
                new ComposerLockAnalyzer(),
                "composer.lock",
                "{\"packages\": [" + MONOLOG + "], \"packages-dev\": [" + CACHE + ", {}]}");

        assertThat(analyzed.names()).containsExactly("monolog/monolog 2.9.1", "psr/cache v3.0.0");
        var monolog = analyzed.packages().getFirst();
        assertThat(monolog.evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(monolog.dependencies()).containsExactly("psr/log");
        assertThat(monolog.licenses()).containsExactly("MIT");
        assertThat(monolog.properties()).isEqualTo(Map.of(PackageProperty.DIGEST, "sha1:" + "0".repeat(40)));
        assertThat(analyzed.packages().getLast().properties()).isEqualTo(Map.of(PackageProperty.SCOPE, "development"));
        assertThat(analyzed.unknowns()).containsExactly("a package without name or version");
    }

    @Test
    void composerOneAndTwoWriteWhatIsInstalled() {
        var one = Analyzed.by(
                new ComposerInstalledAnalyzer(), "vendor/composer/installed.json", "[" + MONOLOG + "," + CACHE + "]");
        var two = Analyzed.by(
                new ComposerInstalledAnalyzer(),
                "vendor/composer/installed.json",
                "{\"packages\": [" + MONOLOG + "," + CACHE
                        + "], \"dev\": true, \"dev-package-names\": [\"psr/cache\"]}");

        for (var analyzed : List.of(one, two)) {
            assertThat(analyzed.names()).containsExactly("monolog/monolog 2.9.1", "psr/cache v3.0.0");
            assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.INSTALLED);
            assertThat(analyzed.unknowns()).isEmpty();
        }
        assertThat(two.packages().getLast().properties()).isEqualTo(Map.of(PackageProperty.SCOPE, "development"));
        assertThat(Analyzed.by(new ComposerInstalledAnalyzer(), "installed.json", "7")
                        .unknowns())
                .containsExactly("neither a list nor an object of packages");
    }

    @Test
    void pearsRegistryIsSerialized() {
        var entry = "a:5:{s:4:\"name\";s:6:\"xdebug\";s:7:\"channel\";s:12:\"pecl.php.net\";"
                + "s:7:\"version\";a:2:{s:7:\"release\";s:5:\"3.2.0\";s:3:\"api\";s:5:\"1.0.0\";}"
                + "s:7:\"license\";a:1:{s:8:\"_content\";s:6:\"Xdebug\";}"
                + "s:12:\"dependencies\";a:1:{s:8:\"required\";a:2:{s:3:\"php\";b:1;s:7:\"package\";a:1:{i:0;"
                + "a:2:{s:4:\"name\";s:4:\"PEAR\";s:7:\"channel\";s:12:\"pear.php.net\";}}}}}";
        var analyzed = Analyzed.by(new PearRegistryAnalyzer(), "php/.registry/.channel.pecl.php.net/xdebug.reg", entry);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names()).containsExactly("pecl.php.net/xdebug 3.2.0");
        assertThat(analyzed.licenses()).containsExactly("Xdebug");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("pear.php.net/PEAR");
    }

    @Test
    void whatPhpDidNotSerializeIsUnknown() {
        for (var text : List.of(
                "",
                "a:1:{",
                "s:99:\"a\";",
                "s:-1:\"a\";",
                "a:99999999999:{}",
                "x:1;",
                "i:" + "1".repeat(100),
                "a:1:{i:0;".repeat(200),
                "a:0:{}",
                "i:1;")) {
            assertThat(Analyzed.by(new PearRegistryAnalyzer(), "a.reg", text).unknowns())
                    .as(text)
                    .hasSize(1);
        }
    }

    @Test
    void theInterpretersHeaderTellsItsVersion() {
        for (var before : new int[] {0, (1 << 16) - 20, (1 << 16) - 1, 300_000}) {
            var program = "\u007fELF" + "x".repeat(before) + "X-Powered-By: PHP/8.3.0RC2\u0000\n";
            var analyzed = Analyzed.by(new PhpProgramAnalyzer(), "usr/bin/php8.3", program);

            assertThat(analyzed.names()).as("" + before).containsExactly("php 8.3.0RC2");
            assertThat(analyzed.packages().getFirst().cpes())
                    .containsExactly("cpe:2.3:a:php:php:8.3.0RC2:*:*:*:*:*:*:*");
        }
        assertThat(Analyzed.by(new PhpProgramAnalyzer(), "usr/bin/php", "#!/bin/sh\n"))
                .isEqualTo(new Analyzed(List.of(), List.of()));
    }

    @Test
    void anExtensionHasOneTextThatIsItsVersion() {
        var start = "\u007fELF\u0000API20220829,NTS\u0000";
        var path = "usr/lib/php/20220829/xdebug.so";

        assertThat(Analyzed.by(new PhpExtensionAnalyzer(), path, start + "3.2.0\u0000")
                        .names())
                .containsExactly("php-xdebug 3.2.0");
        assertThat(Analyzed.by(new PhpExtensionAnalyzer(), path, start + "3.2.0\u00003.2.1\u0000")
                        .unknowns())
                .containsExactly("an extension of PHP in which several texts may be the version");
        assertThat(Analyzed.by(new PhpExtensionAnalyzer(), path, start).unknowns())
                .containsExactly("an extension of PHP without a version");
        assertThat(Analyzed.by(new PhpExtensionAnalyzer(), path, "\u007fELF\u00001.2.3\u0000"))
                .isEqualTo(new Analyzed(List.of(), List.of()));
    }

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (var analyzer : List.of(
                new ComposerLockAnalyzer(),
                new ComposerInstalledAnalyzer(),
                new PearRegistryAnalyzer(),
                new PhpProgramAnalyzer(),
                new PhpExtensionAnalyzer())) {
            assertThat(Analyzed.by(analyzer, "php/a.so", text).packages())
                    .allMatch(
                            found -> !found.name().isBlank() && !found.version().isBlank());
        }
    }
}
