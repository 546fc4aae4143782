package dev.plimsoll.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Maven's local repository as the second opinion: the path of every archive there says its coordinates.
class MavenRepositoryOracleTest {

    /// Many archives say nothing of their group, so that a part must stay unknown.
    private static final double LEAST_SHARE = 0.8;

    @Test
    void namesMostArchivesAsTheirRepositoryDoesAndFindsNoneBroken() throws IOException {
        var repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        Assumptions.assumeTrue(Files.isDirectory(repository), "no local Maven repository " + repository);
        var analyzer = new JavaArchiveAnalyzer();
        var unknowns = new ArrayList<String>();
        var others = new ArrayList<String>();
        var all = 0;
        try (var files = Files.walk(repository)) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".jar"))::iterator) {
                try (var content = Files.newInputStream(file)) {
                    var analyzed = Analyzed.by(analyzer, file.toString(), Files.size(file), content);
                    // parts of programs that lie within archives have no names of their own
                    analyzed.unknowns().stream()
                            .filter(unknown -> !unknown.contains(": classes in an archive that nothing names"))
                            .forEach(unknown -> unknowns.add(file + " " + unknown));
                    all++;
                    if (!analyzed.names().contains(coordinates(repository.relativize(file)))) {
                        others.add(coordinates(repository.relativize(file)) + " is called " + analyzed.names());
                    }
                }
            }
        }

        assertThat(unknowns).isEmpty();
        assertThat(others).hasSizeLessThanOrEqualTo((int) (all * (1 - LEAST_SHARE)));
    }

    /// The path is `group/with/slashes/artifact/version/artifact-version.jar`.
    private static String coordinates(Path path) {
        var parts = path.getNameCount();
        return path.subpath(0, parts - 3).toString().replace('/', '.') + "/" + path.getName(parts - 3) + " "
                + path.getName(parts - 2);
    }
}
