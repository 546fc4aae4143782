package dev.plimsoll.advisory.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveFilesTest {

    @TempDir
    private Path folder;

    private Map<String, String> read(String name, byte[] bytes) throws IOException {
        return read(ArchiveFiles.of(Files.write(folder.resolve(name), bytes)));
    }

    private static Map<String, String> read(ArchiveFiles archive) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        archive.forEach(
                path -> !path.endsWith(".skip"),
                (path, content) -> found.put(path, new String(content, StandardCharsets.UTF_8)));
        return found;
    }

    @Test
    void readsEachKindOfArchiveAndTakesTheRootFolderOff() throws IOException {
        var tar = new TarBytes()
                .folder("kev/")
                .file("kev/a.json", "one")
                .file("kev/sub/b.json", "x".repeat(600))
                .file("kev/c.skip", "not wanted")
                .file("./kev/d.json", "four")
                .file("outside", "no folder");
        var expected = Map.of("a.json", "one", "sub/b.json", "x".repeat(600), "d.json", "four");
        assertThat(read("a.tar", tar.tar())).isEqualTo(expected);
        assertThat(read("a.tar.gz", tar.gzip())).isEqualTo(expected);
        assertThat(read("a.tgz", tar.gzip())).isEqualTo(expected);
        assertThat(read("a.tar.zst", tar.zstd())).isEqualTo(expected);
    }

    @Test
    void readsLongNamesOfEveryKind() throws IOException {
        var name = "d/" + "n".repeat(150) + ".json";
        var tar = new TarBytes()
                .gnuLongName("root/gnu/" + name, "1")
                .paxName("root/pax/" + name, "2")
                .prefixed("root/ustar/" + "d".repeat(90), "a.json", "3")
                .file("root/after.json", "4");
        assertThat(read("a.tar", tar.tar()))
                .containsExactly(
                        Map.entry("gnu/" + name, "1"),
                        Map.entry("pax/" + name, "2"),
                        Map.entry("ustar/" + "d".repeat(90) + "/a.json", "3"),
                        Map.entry("after.json", "4"));
    }

    @Test
    void refusesAnArchiveThatWasCutOffAnywhere() throws IOException {
        var tar = new TarBytes().file("kev/a.json", "x".repeat(700)).file("kev/b.json", "two");
        var whole = tar.tar();
        for (int length :
                new int[] {0, 100, 512, 700, 1536, 1700, tar.unfinished().length, tar.unfinished().length + 100}) {
            assertThatThrownBy(() -> read("a.tar", Arrays.copyOf(whole, length)))
                    .as("cut off at " + length)
                    .isInstanceOf(IOException.class);
        }
        for (var packed : new byte[][] {tar.zstd(), tar.gzip()}) {
            var name = packed == null ? "" : packed[0] == 0x1f ? "a.tar.gz" : "a.tar.zst";
            assertThatThrownBy(() -> read(name, Arrays.copyOf(packed, packed.length / 2)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesWhatIsNoArchive() {
        var text = "hello world, this is no archive\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read("a.tar", text)).hasMessage("it is no tar archive, or damaged");
        assertThatThrownBy(() -> read("a.tar.zst", text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("a.tar.gz", text)).isInstanceOf(IOException.class);
    }

    @Test
    void readsFilesUpToTheLimit() throws IOException {
        var archive = Files.write(
                folder.resolve("a.tar"),
                new TarBytes().file("r/a.json", "12345678").tar());
        assertThat(read(new ArchiveFiles(archive, 8, 1 << 20))).hasSize(1);
        assertThatThrownBy(() -> read(new ArchiveFiles(archive, 7, 1 << 20)))
                .hasMessage("it holds a file of 8 bytes; the limit is 7");
    }

    @Test
    void readsArchivesUpToTheLimit() throws IOException {
        var archive = Files.write(
                folder.resolve("a.tar"),
                new TarBytes().file("r/a.json", "1").file("r/b.skip", "2").tar());
        assertThat(read(new ArchiveFiles(archive, 8, 2 * 513))).hasSize(1);
        assertThatThrownBy(() -> read(new ArchiveFiles(archive, 8, 2 * 513 - 1)))
                .hasMessage("it unpacks to over 1025 bytes");
    }
}
