package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Node.js as the second opinion: its own JSON parser over every `package.json` of a real image.
class NodeOracleTest {

    private static final String SCRIPT = """
            const fs = require('fs'), path = require('path');
            (function walk(folder) {
              for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
                const full = path.join(folder, entry.name);
                if (entry.isDirectory()) walk(full);
                else if (entry.name === 'package.json') {
                  const it = JSON.parse(fs.readFileSync(full, 'utf8'));
                  if (it.name && it.version) console.log(it.name + ' ' + it.version + ' ' + full.slice(process.argv[1].length));
                }
              }
            })(process.argv[1]);
            """;

    @Test
    void findsThePackagesThatNodeFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("node-app");
        var root = folder.resolve("root");
        image.extract(path -> path.endsWith("/package.json"), root);

        var expected = RealImage.answers(folder, List.of("node", "-e", SCRIPT, root.toString()));

        assertThat(expected).hasSizeGreaterThan(1900);
        assertThat(RealImage.lines(image.inventory(), PackageType.NPM)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /// `npm ls` walks the tree that is installed, so test data of packages is not in it.
    @Test
    void findsWhatNpmCallsInstalled(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("node-app");
        image.extract(path -> path.startsWith("srv/app/") && path.endsWith("/package.json"), folder);

        var installed = RealImage.answers(
                        folder,
                        List.of("sh", "-c", "cd srv/app && npm ls --all --parseable --long 2>/dev/null || true"))
                .stream()
                .map(line -> line.split(":", -1))
                .filter(cells -> cells.length > 1 && cells[0].contains("/node_modules/"))
                .map(cells -> {
                    var at = cells[1].lastIndexOf('@');
                    return cells[1].substring(0, at) + " " + cells[1].substring(at + 1) + " "
                            + cells[0].substring(cells[0].indexOf("/srv/app/")) + "/package.json";
                })
                .distinct()
                .toList();

        assertThat(installed).hasSizeGreaterThan(1000);
        assertThat(RealImage.lines(image.inventory(), PackageType.NPM)).containsAll(installed);
    }
}
