package dev.plimsoll.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.Tools;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReadingTest {

    @TempDir
    Path temporary;

    @Test
    void everyEntryIsWhatFindSaysItIs() throws Exception {
        Files.createDirectories(temporary.resolve("usr/lib/deep/er"));
        Files.writeString(temporary.resolve("usr/lib/a"), "content");
        Files.writeString(temporary.resolve("usr/lib/.wh.b"), "no whiteout here");
        Files.createLink(temporary.resolve("usr/lib/again"), temporary.resolve("usr/lib/a"));
        Files.createSymbolicLink(temporary.resolve("out"), Path.of("/etc"));
        Files.createSymbolicLink(temporary.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(temporary.resolve("lib"), Path.of("usr/lib"));
        run("mkfifo", temporary.resolve("pipe").toString());
        run("chmod", "4711", temporary.resolve("usr/lib/a").toString());
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(temporary.resolve("socket")));
            var seen = read(temporary).found();

            var lines = new TreeMap<String, String>();
            for (var entry : seen.entries) {
                lines.put(entry.path(), line(entry));
            }
            var found = new TreeMap<String, String>();
            run("find", temporary.toString(), "-mindepth", "1", "!", "-type", "s", "-printf", "%P\t%y %m %U:%G %s %l\n")
                    .lines()
                    .forEach(line -> found.put(line.split("\t", -1)[0], normalised(line.split("\t", -1)[1])));
            assertThat(lines).isEqualTo(found);
            assertThat(seen.contents)
                    .containsOnlyKeys("usr/lib/a", "usr/lib/again", "usr/lib/.wh.b")
                    .containsEntry("usr/lib/a", ImageBytes.hex(ImageBytes.bytes("content")));
            assertThat(seen.problems).isEmpty();
        }
    }

    @Test
    void capabilitiesAreWhatGetcapSaysTheyAre() throws Exception {
        Tools.needed(Tools.isOnPath("setcap") && Tools.isRoot(), "setcap, and root who may use it");
        for (var name : java.util.List.of("a", "\u00fc", "none")) {
            Files.writeString(temporary.resolve(name), "x");
        }
        Tools.run(
                "setcap", "cap_net_raw,cap_net_admin=ep", temporary.resolve("a").toString());
        Tools.run("setcap", "cap_chown+i", temporary.resolve("\u00fc").toString());

        var found = new TreeMap<String, String>();
        read(temporary).found().entries.forEach(entry -> found.put(entry.path(), entry.capabilities()));
        assertThat(found)
                .containsEntry("none", "")
                .containsEntry("a", "cap_net_admin,cap_net_raw+ep")
                .containsEntry("\u00fc", "cap_chown+i");
        assertThat(Tools.run("getcap", temporary.resolve("a").toString())
                        .strip()
                        .replace('=', '+'))
                .endsWith(" " + found.get("a"));
    }

    /// The size of what is no file, and the mode of a link, are the file system's own affair.
    private static String normalised(String line) {
        var parts = line.split(" ", -1);
        var file = parts[0].equals("f");
        var link = parts[0].equals("l");
        return parts[0] + " " + (link ? "" : parts[1]) + " " + parts[2] + " " + (file ? parts[3] : "") + " "
                + String.join(" ", java.util.List.of(parts).subList(4, parts.length));
    }

    private static String line(LayerEntry entry) {
        var letter = switch (entry.kind()) {
            case FILE -> "f";
            case DIRECTORY -> "d";
            case SYMBOLIC_LINK -> "l";
            case FIFO -> "p";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case HARD_LINK, WHITEOUT, OPAQUE -> throw new IllegalStateException("no folder holds one");
        };
        var link = entry.kind() == Kind.SYMBOLIC_LINK;
        return letter + " " + (link ? "" : Integer.toOctalString(entry.mode())) + " " + entry.userId() + ":"
                + entry.groupId() + " " + (entry.kind() == Kind.FILE ? entry.size() : "") + " " + entry.linkTarget();
    }

    @Test
    void otherFileSystemsAreNotEntered() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/dev/pts")) && Files.exists(Path.of("/dev/pts/ptmx")),
                () -> skipped("a /dev with /dev/pts mounted in it"));

        var seen = read(Path.of("/dev")).found();

        assertThat(seen.entries)
                .extracting(LayerEntry::path)
                .contains("null", "pts")
                .doesNotContain("pts/ptmx");
        assertThat(seen.problems).noneMatch(problem -> problem.startsWith("pts: "));
    }

    @Test
    void deepFoldersNeedNoStack() throws Exception {
        var folder = temporary;
        for (var i = 0; i < 1500; i++) {
            folder = folder.resolve("d");
            Files.createDirectory(folder);
        }

        var seen = read(temporary).found();

        run("rm", "-r", temporary.resolve("d").toString()); // JUnit's own way to delete takes a minute
        assertThat(seen.entries).hasSize(1500);
    }

    @Test
    void tooManyEntriesAreAnError() throws IOException {
        for (var i = 0; i < 20; i++) {
            Files.writeString(temporary.resolve("f" + i), "");
        }
        var limits = new ImageLimits(1 << 20, 10, 19, 1 << 20, 10, 4096, 8, 1 << 20);

        assertThatThrownBy(() -> read(temporary, limits))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("--max-layer-entries");
    }

    @Test
    void noMoreIsReadThanTheLimit() throws IOException {
        Files.write(temporary.resolve("a"), new byte[600_000]);
        Files.write(temporary.resolve("b"), new byte[600_000]);
        var limits = new ImageLimits(1 << 20, 10, 100, 1 << 20, 10, 4096, 8, 1 << 20);

        assertThatThrownBy(() -> read(temporary, limits)).hasMessageContaining("--max-layer-unpacked-bytes");
    }

    @Test
    void whatMayNotBeReadIsToldAndTheRestIsRead() throws Exception {
        Files.writeString(temporary.resolve("open"), "x");
        var closed = Files.writeString(temporary.resolve("closed"), "x");
        Files.createDirectory(temporary.resolve("shut"));
        run("chmod", "000", closed.toString(), temporary.resolve("shut").toString());
        Assumptions.assumeFalse(Files.isReadable(closed), () -> skipped("a user who may not read everything"));

        var seen = read(temporary).found();

        run("chmod", "700", temporary.resolve("shut").toString());
        assertThat(seen.entries).extracting(LayerEntry::path).containsExactly("closed", "open", "shut");
        assertThat(seen.problems)
                .containsExactlyInAnyOrder(
                        "closed: it cannot be read: permission denied", "shut: it cannot be listed: permission denied");
    }

    @Test
    void namesThatAreNoUtf8AreTold() throws Exception {
        run("sh", "-c", "printf x > \"$1/$(printf 'a\\377b')\"", "sh", temporary.toString());

        var seen = read(temporary).found();

        assertThat(seen.entries).hasSize(1);
        assertThat(seen.problems).hasSize(1);
    }

    private static String skipped(String what) {
        System.err.println("SKIPPED: FolderReadingTest needs " + what);
        return what;
    }

    private static LayerResult<Seen> read(Path root) throws IOException {
        return read(root, ImageLimits.DEFAULTS);
    }

    private static LayerResult<Seen> read(Path root, ImageLimits limits) throws IOException {
        return Layers.readFolder(
                root, _ -> new Seen(), new ReadOptions(2, false, Duration.ofMinutes(1), limits, (_, _, _) -> {}));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.format(Locale.ROOT, "%s: %s", command[0], output))
                .isZero();
        return output;
    }
}
