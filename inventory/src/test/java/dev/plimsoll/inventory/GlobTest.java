package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "**/package.json | package.json | true",
                "**/package.json | a/b/package.json | true",
                "**/package.json | a/xpackage.json | false",
                "/etc/passwd | etc/passwd | true",
                "etc/passwd | srv/etc/passwd | false",
                "usr/share/doc/*/copyright | usr/share/doc/a/copyright | true",
                "usr/share/doc/*/copyright | usr/share/doc/a/b/copyright | false",
                "**/*.{jar,war} | a/b.war | true",
                "**/*.{jar,war} | a/b.ear | false",
                "**/specifications/**/*.gemspec | a/specifications/b.gemspec | true",
                "**/specifications/**/*.gemspec | a/specifications/b/c/d.gemspec | true",
                "**/libQt[0-9]Core.so* | usr/lib/libQt5Core.so.5 | true",
                "**/libQt[0-9]Core.so* | usr/lib/libQtxCore.so.5 | false",
                "a/** | a/b/c | true",
                "**/a/**/b/**/c | x/a/b/b/y/c | true",
                "*a*a*b | aaaa | false",
                "a? | ab | true",
                "a? | a | false",
            })
    void matches(String glob, String path, boolean expected) {
        assertThat(new Glob(glob).matches(path)).isEqualTo(expected);
    }

    /// Java's own globs differ in `**` alone, which there must not stand for no folder.
    @Test
    void agreesWithJavasOwn() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var glob = text(random, List.of("a", "b", "*", "?", "/", "[ab]", "{a,bb}"));
            var path = text(random, List.of("a", "b", "bb", "/"));
            if (glob.startsWith("/")
                    || path.startsWith("/")
                    || path.endsWith("/")
                    || path.contains("//")
                    || path.isEmpty()
                    || glob.contains("**")
                    || glob.contains("//")
                    || glob.endsWith("/")
                    || glob.isEmpty()) {
                continue;
            }
            assertThat(new Glob(glob).matches(path))
                    .as(glob + " on " + path)
                    .isEqualTo(FileSystems.getDefault()
                            .getPathMatcher("glob:" + glob)
                            .matches(Path.of(path)));
        }
    }

    private static String text(Random random, List<String> parts) {
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    @Test
    void refusesWhatItCannotMean() {
        assertThatThrownBy(() -> new Glob("a{b")).hasMessageContaining("does not close");
        assertThatThrownBy(() -> new Glob("{a,b}".repeat(20))).hasMessageContaining("over 1000 alternatives");
    }

    @Test
    void anIndexFindsWhatAskingEachWouldFind() {
        var wanted = List.of(
                WantedPaths.of("**/package.json"),
                WantedPaths.of("**/*.{jar,WAR}"),
                WantedPaths.of("**/*.jar").ignoringCase(),
                WantedPaths.of("var/lib/dpkg/status.d/*"),
                WantedPaths.programs(),
                WantedPaths.of("**/php*"),
                WantedPaths.of("**/*.so.*").when((_, _, size) -> size > 3, "large"));
        var index = new WantedIndex(wanted);
        for (var path : List.of(
                "package.json",
                "a/package.json",
                "A/b.JAR",
                "b.jar",
                "c.WAR",
                "c.war",
                "var/lib/dpkg/status.d/x.jar",
                "bin/php8",
                "lib/liba.so.1.2",
                "etc/passwd",
                "x.",
                "dir.d/none")) {
            for (int size : List.of(1, 9)) {
                for (int mode : List.of(0644, 0755)) {
                    var expected = java.util.stream.IntStream.range(0, wanted.size())
                            .filter(i -> wanted.get(i).wants(path, mode, size))
                            .boxed()
                            .toList();
                    assertThat(index.wanting(path, mode, size)).as(path).isEqualTo(expected);
                }
            }
        }
    }
}
