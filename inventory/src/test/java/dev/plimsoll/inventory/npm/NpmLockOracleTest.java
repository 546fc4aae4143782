package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// npm as the second opinion on its lock files: `npm ls --package-lock-only` needs no registry.
class NpmLockOracleTest {

    private static final String PROJECT = """
            {"name": "sample", "version": "1.0.0", "dependencies": {"debug": "2.6.9", "@a/b": "^1.0.0"},
             "devDependencies": {"ms": "2.1.3"}}
            """;

    private static final String LOCK = """
            {"name": "sample", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
              "": {"name": "sample", "version": "1.0.0",
                   "dependencies": {"debug": "2.6.9", "@a/b": "^1.0.0"}, "devDependencies": {"ms": "2.1.3"}},
              "node_modules/@a/b": {"version": "1.2.0", "dependencies": {"debug": "^2.0.0", "ms": "^2.1.0"}},
              "node_modules/debug": {"version": "2.6.9", "dependencies": {"ms": "2.0.0"}},
              "node_modules/debug/node_modules/ms": {"version": "2.0.0"},
              "node_modules/ms": {"version": "2.1.3"}
            }}
            """;

    @Test
    void listsAndResolvesAsNpmDoes(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("package.json"), PROJECT);
        Files.writeString(folder.resolve("package-lock.json"), LOCK);

        var answer = RealImage.answers(
                folder,
                List.of("sh", "-c", "command -v npm >/dev/null || exit 127; npm ls --package-lock-only --all --json"));

        var expected = new TreeSet<String>();
        edges((JsonObject) JsonReader.read(String.join("\n", answer), JsonLimits.FOREIGN), "", expected);
        var ours = new TreeSet<String>();
        for (var found : Analyzed.by(new PackageLockAnalyzer(), "package-lock.json", LOCK)
                .packages()) {
            var name = (found.namespace().isEmpty() ? "" : found.namespace() + "/") + found.name();
            found.dependencies().forEach(needed -> ours.add(name + "@" + found.version() + " > " + needed));
        }
        assertThat(expected).hasSize(3);
        assertThat(ours).isEqualTo(expected);
    }

    /// `name@version > name@version`, without those of the project itself.
    private static void edges(JsonObject tree, String from, TreeSet<String> edges) {
        var dependencies = tree.object("dependencies");
        for (var name : dependencies.members().keySet()) {
            var to = name + "@" + dependencies.object(name).string("version").orElse("");
            if (!from.isEmpty()) {
                edges.add(from + " > " + to);
            }
            edges(dependencies.object(name), to, edges);
        }
    }
}
