package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Python's own `importlib.metadata` as the second opinion, over every folder of a real image that holds metadata.
class PythonOracleTest {

    private static final String SCRIPT = """
            import importlib.metadata, os, sys
            root = sys.argv[1]
            for folder, names, files in os.walk(root):
                if any(n.endswith(('.dist-info', '.egg-info')) for n in names + files):
                    for d in importlib.metadata.distributions(path=[folder]):
                        print(d.metadata['Name'], d.version, '/' + os.path.relpath(folder, root))
            """;

    @Test
    void findsTheDistributionsThatPythonFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("python-app");
        var root = folder.resolve("root");
        image.extract(path -> path.contains("-info/") || path.endsWith("-info"), root);

        var expected = RealImage.answers(folder, List.of("python3", "-c", SCRIPT, root.toString()));

        assertThat(expected).hasSizeGreaterThan(70);
        assertThat(RealImage.lines(image.inventory(), PackageType.PYPI).stream().map(PythonOracleTest::folderOfProject))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /// Without the metadata file and the folder that may be around it.
    private static String folderOfProject(String line) {
        var path = line.substring(0, line.lastIndexOf('/'));
        return path.endsWith("-info") ? path.substring(0, path.lastIndexOf('/')) : path;
    }
}
