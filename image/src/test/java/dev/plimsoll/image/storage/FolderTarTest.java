package dev.plimsoll.image.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTarTest {

    @TempDir
    Path temporary;

    /// GNU tar unpacks what was made of the folder.
    @Test
    void capabilitiesAreInTheTar() throws Exception {
        Tools.needed(Tools.isOnPath("setcap") && Tools.isRoot(), "setcap, and root who may use it");
        var folder = Files.createDirectories(temporary.resolve("store/layer"));
        var longName = "n".repeat(150);
        for (var name : new String[] {"a", longName, "none"}) {
            Files.writeString(folder.resolve(name), name);
        }
        Tools.run("setcap", "cap_net_raw+ep", folder.resolve("a").toString());
        Tools.run("setcap", "cap_chown+ei", folder.resolve(longName).toString());
        var tar = temporary.resolve("layer.tar");
        try (var in = FolderTar.open(temporary.resolve("store"), Path.of("layer"))) {
            Files.copy(in, tar);
        }
        var unpacked = Files.createDirectory(temporary.resolve("unpacked")).toString();
        Tools.run("tar", "--xattrs", "--xattrs-include=*", "-xf", tar.toString(), "-C", unpacked);

        assertThat(Tools.run("getcap", "-r", unpacked).lines().map(line -> line.substring(unpacked.length() + 1)))
                .containsExactlyInAnyOrder("a cap_net_raw=ep", longName + " cap_chown=ei");
        assertThat(Path.of(unpacked, longName)).hasContent(longName);
        assertThat(Path.of(unpacked, "none")).hasContent("none");
    }
}
