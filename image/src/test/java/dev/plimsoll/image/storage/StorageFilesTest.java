package dev.plimsoll.image.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.system.RawPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageFilesTest {

    @TempDir
    Path home;

    @Test
    void stringsAndListsOfStringsAreRead() {
        var file = parse("""
                # a comment = "x"
                [storage]
                driver = "overlay"   # behind
                graphroot='/srv/graph root'
                runroot = /unquoted
                number = 5

                [storage.options]
                additionalimagestores = [
                  "/one", # the first
                  # "/not/this",
                  '/two',
                ]
                empty = []
                one = ["/a]b", "/c"]
                [storage.options.overlay]
                mount_program = "\\"escaped"
                """);

        assertThat(file.values())
                .isEqualTo(Map.of(
                        "storage.driver", List.of("overlay"),
                        "storage.graphroot", List.of("/srv/graph root"),
                        "storage.runroot", List.of(),
                        "storage.number", List.of(),
                        "storage.options.additionalimagestores", List.of("/one", "/two"),
                        "storage.options.empty", List.of(),
                        "storage.options.one", List.of("/a]b", "/c"),
                        "storage.options.overlay.mount_program", List.of()));
    }

    @Test
    void aListWithoutEndEnds() {
        assertThat(parse("a = [\n" + "\"x\",\n".repeat(2000)).list("a")).hasSize(2000);
    }

    @Test
    void theUsersOwnGoesBeforeAdditionalOnesAndTheSystems() throws Exception {
        assertThat(new StorageSettings(Map.of(), home, false).graphRoots().getFirst())
                .isEqualTo(home.resolve(".local/share/containers/storage"));
        assertThat(new StorageSettings(Map.of("XDG_DATA_HOME", "/data"), home, false).graphRoots())
                .startsWith(Path.of("/data/containers/storage"))
                .endsWith(Path.of("/var/lib/containers/storage"));
        var configuration = home.resolve(".config/containers/storage.conf");
        Files.createDirectories(configuration.getParent());
        Files.writeString(configuration, """
                [storage]
                graphroot = "/system"
                rootless_storage_path = "$HOME/own/${USER}"
                [storage.options]
                additionalimagestores = ["/shared"]
                """);
        assertThat(new StorageSettings(Map.of("USER", "me"), home, false).graphRoots())
                .containsExactly(home.resolve("own/me"), Path.of("/shared"), Path.of("/var/lib/containers/storage"));
        assertThat(root(configuration)).containsExactly(Path.of("/system"), Path.of("/shared"));
    }

    @Test
    void namesKeepTheirBytes() {
        for (var i = 1; i < 256; i++) {
            if (i != '/') {
                var bytes = new byte[] {'a', (byte) i, 'z'};
                assertThat(RawPaths.bytes(RawPaths.name(bytes))).as("%s", i).isEqualTo(bytes);
            }
        }
        assertThat(RawPaths.bytes(home)).isEqualTo(home.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> root(Path configuration) throws IOException {
        return new StorageSettings(Map.of("CONTAINERS_STORAGE_CONF", configuration.toString()), Path.of("/root"), true)
                .graphRoots();
    }

    private static StorageFile parse(String text) {
        return StorageFile.parse(Path.of("storage.conf"), text);
    }
}
