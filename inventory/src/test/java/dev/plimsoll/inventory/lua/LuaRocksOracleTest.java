package dev.plimsoll.inventory.lua;

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

/// LuaRocks itself: it installs a rock, and lists it.
class LuaRocksOracleTest {

    @Test
    void findsWhatLuaRocksLists(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("foo.lua"), "return {}\n");
        Files.writeString(folder.resolve("foo-1.0-1.rockspec"), """
                package = "foo"
                version = "1.0-1"
                source = { url = "file://foo.lua" }
                description = { license = "MIT" }
                build = { type = "builtin", modules = { foo = "foo.lua" } }
                """);
        RealImage.answers(folder, List.of("luarocks", "make", "--tree", "tree", "foo-1.0-1.rockspec"));
        var listed = RealImage.answers(folder, List.of("luarocks", "list", "--tree", "tree", "--porcelain"));
        assertThat(listed).hasSize(1);
        var words = listed.getFirst().replace('\t', ' ');

        try (var files = Files.walk(folder.resolve("tree"))) {
            var found = new ArrayList<String>();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = folder.relativize(file).toString();
                for (var analyzer : List.of(new RockspecAnalyzer(), new RocksManifestAnalyzer())) {
                    if (analyzer.wanted().wants(path, 0644, 1)) {
                        found.addAll(Analyzed.by(analyzer, path, Files.readAllBytes(file))
                                .names());
                    }
                }
            }
            assertThat(found).hasSize(2).allMatch(name -> words.startsWith(name + " "));
        }
    }
}
