package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.cli.hostile.Ending;
import dev.plimsoll.cli.hostile.HostileCase;
import dev.plimsoll.cli.hostile.HostileCatalogue;
import dev.plimsoll.cli.hostile.Scale;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What odd images mean, as umoci and a Docker engine unpack them. Where a tool refuses an image there is nothing to
/// compare; where the tools differ from each other, the sets below say so, and docs/images.md why Plimsoll does what it
/// does.
final class OddImageOracleTest {

    /// umoci unpacks all layers into one folder, so that links and files of lower layers are there when a layer is
    /// unpacked; overlayfs keeps them apart.
    private static final Set<String> UMOCI_DIFFERS = Set.of(
            "path: a file under a link of a lower layer",
            "path: a whiteout of a directory that a link hides",
            "path: a whiteout in a directory that is not there",
            "path: a whiteout under a file",
            "path: an opaque marker in a directory that is not there",
            "path: an opaque root",
            "link: a hard link with another mode than its file");

    private static final Set<String> DOCKER_DIFFERS = Set.of(
            "path: a file in a directory that its layer does not list",
            "path: a whiteout in a directory that its layer does not list",
            "path: an opaque directory as overlayfs marks it",
            "link: a device that is a whiteout of overlayfs");

    /// So that the comparison is one: most of the odd images are unpacked by each tool.
    private static final int LEAST_COMPARED = 30;

    @TempDir
    private Path folder;

    @Test
    void whatUmociUnpacksIsWhatPlimsollLists() throws Exception {
        needed(isThere("umoci") && isRoot(), "umoci, run by root");
        var compared = 0;
        for (var hostile : odd()) {
            var own = Files.createDirectory(folder.resolve("umoci" + compared + "-" + System.nanoTime()));
            hostile.generator().write(own, Scale.LOWERED);
            var bundle = own.resolve("bundle");
            if (run("umoci", "unpack", "--image", own.resolve("image") + ":latest", bundle.toString())
                    .isEmpty()) {
                continue;
            }
            var unpacked = listed(bundle.resolve("rootfs"));
            // JUnit warns of each link that leads out of its folder
            run("rm", "-rf", bundle.toString());
            compare(hostile, own, unpacked, UMOCI_DIFFERS);
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(LEAST_COMPARED);
    }

    @Test
    void whatDockerUnpacksIsWhatPlimsollLists() throws Exception {
        needed(isThere("dockerd") && isThere("docker") && isRoot(), "dockerd and docker, run by root");
        var engine = Files.createTempDirectory("engine"); // a socket's path must be short
        var socket = "unix://" + engine.resolve("s");
        Files.writeString(engine.resolve("daemon.json"), "{}");
        var daemon = new ProcessBuilder(
                        "dockerd",
                        "--config-file",
                        engine.resolve("daemon.json").toString(),
                        "--host",
                        socket,
                        "--data-root",
                        engine.resolve("data").toString(),
                        "--exec-root",
                        engine.resolve("exec").toString(),
                        "--pidfile",
                        engine.resolve("pid").toString(),
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none",
                        "--storage-driver",
                        "overlay2")
                .redirectErrorStream(true)
                .redirectOutput(engine.resolve("log").toFile())
                .start();
        try {
            needed(answers(socket, daemon), "a Docker engine that starts: " + lastLine(engine.resolve("log")));
            var compared = 0;
            for (var hostile : odd()) {
                var own = Files.createDirectory(folder.resolve("docker" + compared + "-" + System.nanoTime()));
                hostile.generator().write(own, Scale.LOWERED);
                var archive = Files.write(own.resolve("docker.tar"), dockerArchive(own.resolve("image")));
                if (run("docker", "-H", socket, "load", "-i", archive.toString())
                        .isEmpty()) {
                    continue;
                }
                compare(hostile, own, unpackedByDocker(socket, own), DOCKER_DIFFERS);
                compared++;
            }
            assertThat(compared).isGreaterThanOrEqualTo(LEAST_COMPARED);
        } finally {
            daemon.destroy();
            daemon.waitFor(30, TimeUnit.SECONDS);
            run("rm", "-rf", engine.toString());
        }
    }

    /// The images of which something can be compared: those that Plimsoll reads.
    private static List<HostileCase> odd() {
        return HostileCatalogue.all().stream()
                .filter(hostile ->
                        hostile.name().startsWith("path: ") || hostile.name().startsWith("link: "))
                .filter(hostile -> hostile.ending(Scale.LOWERED) instanceof Ending.Lawful
                        || hostile.ending(Scale.LOWERED) instanceof Ending.Unknown)
                .toList();
    }

    private void compare(HostileCase hostile, Path own, TreeMap<String, String> unpacked, Set<String> differs)
            throws IOException {
        var sbom = Run.of(own, "sbom", "oci-layout:image", "-o", "inventory");
        assertThat(sbom.code()).as(hostile + ": " + sbom.err()).isZero();
        var lines = new TreeMap<String, String>();
        for (var file : InventoryReader.read(sbom.out().getBytes(StandardCharsets.UTF_8))
                .files()
                .orElseThrow()) {
            lines.put(file.path(), line(file));
        }
        if (differs.contains(hostile.name())) {
            assertThat(lines).as("no longer differs: %s", hostile).isNotEqualTo(unpacked);
        } else {
            assertThat(lines).as(hostile.name()).isEqualTo(unpacked);
        }
    }

    private static String line(FileEntry file) {
        var link = file.kind() == FileEntry.Kind.SYMBOLIC_LINK;
        var letter = switch (file.kind()) {
            case FILE -> "f";
            case DIRECTORY -> "d";
            case SYMBOLIC_LINK -> "l";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case FIFO -> "p";
        };
        return String.join(
                " ",
                letter,
                link ? "" : Integer.toOctalString(file.mode()),
                file.userId() + ":" + file.groupId(),
                letter.equals("f") ? String.valueOf(file.size()) : "",
                file.linkTarget());
    }

    /// A folder's files as lines like those.
    private static TreeMap<String, String> listed(Path root) throws Exception {
        // find ends with 1 for oddities of a file system that are none of ours; what it misses is missed in the
        // comparison
        var script = "find \"$0\" -mindepth 1 -printf '%P\\0%y\\0%m\\0%U:%G\\0%s\\0%l\\0' || true";
        var output = run("sh", "-c", script, root.toString()).orElseThrow();
        var fields = new ArrayList<String>();
        for (int from = 0, at = 0; at < output.length; at++) {
            if (output[at] == 0) {
                fields.add(text(Arrays.copyOfRange(output, from, at)));
                from = at + 1;
            }
        }
        var lines = new TreeMap<String, String>();
        for (var i = 0; i < fields.size(); i += 6) {
            var type = fields.get(i + 1);
            var link = type.equals("l");
            lines.put(
                    fields.get(i),
                    String.join(
                            " ",
                            type,
                            link ? "" : fields.get(i + 2),
                            fields.get(i + 3),
                            type.equals("f") ? fields.get(i + 4) : "",
                            fields.get(i + 5)));
        }
        return lines;
    }

    /// A name as Plimsoll shows it: bytes that are no UTF-8 as `\xNN`.
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            var text = new StringBuilder();
            for (var b : bytes) {
                text.append(b >= 0 ? String.valueOf((char) b) : String.format(java.util.Locale.ROOT, "\\x%02x", b));
            }
            return text.toString();
        }
    }

    /// The archive that `docker load` reads, made of a layout.
    private static byte[] dockerArchive(Path layout) throws IOException {
        var index = json(layout.resolve("index.json"));
        var manifest = json(blob(layout, index.objects("manifests").getFirst()));
        var configuration = blob(layout, manifest.object("config"));
        var tar = new TestTar();
        var names = new ArrayList<String>();
        for (var layer : manifest.objects("layers")) {
            names.add("\"" + names.size() + "/layer.tar\"");
            tar.file(names.size() - 1 + "/layer.tar", 0644, Files.readAllBytes(blob(layout, layer)));
        }
        tar.file(configuration.getFileName() + ".json", 0644, Files.readAllBytes(configuration));
        tar.file(
                "manifest.json",
                "[{\"Config\":\"" + configuration.getFileName() + ".json\",\"RepoTags\":[\"odd:latest\"],\"Layers\":["
                        + String.join(",", names) + "]}]");
        return tar.bytes();
    }

    private static Path blob(Path layout, JsonObject descriptor) {
        return layout.resolve("blobs")
                .resolve(descriptor.string("digest").orElseThrow().replace(':', '/'));
    }

    private static JsonObject json(Path file) throws IOException {
        return (JsonObject) JsonReader.read(Files.readAllBytes(file), JsonLimits.FOREIGN);
    }

    /// What a container of the image would see, without the files that an engine adds: its layers, laid upon each other
    /// as the engine does it.
    private static TreeMap<String, String> unpackedByDocker(String socket, Path own) throws Exception {
        var container = new String(
                        run("docker", "-H", socket, "create", "--network", "none", "odd:latest", "/x")
                                .orElseThrow(),
                        StandardCharsets.UTF_8)
                .strip();
        try {
            var folders = new String(
                            run("docker", "-H", socket, "inspect", "-f", "{{.GraphDriver.Data.LowerDir}}", container)
                                    .orElseThrow(),
                            StandardCharsets.UTF_8)
                    .strip();
            var lower = Arrays.stream(folders.split(":"))
                    .filter(name -> !name.endsWith("-init/diff"))
                    .toList();
            if (lower.size() == 1) {
                return listed(Path.of(lower.getFirst()));
            }
            var seen = Files.createDirectory(own.resolve("seen")).toString();
            run("mount", "-t", "overlay", "overlay", "-o", "lowerdir=" + String.join(":", lower), seen)
                    .orElseThrow();
            try {
                return listed(Path.of(seen));
            } finally {
                run("umount", seen);
            }
        } finally {
            run("docker", "-H", socket, "rm", "-f", container);
            run("docker", "-H", socket, "rmi", "-f", "odd:latest");
        }
    }

    private static boolean answers(String socket, Process daemon) throws Exception {
        for (var tries = 0; tries < 60 && daemon.isAlive(); tries++) {
            if (run("docker", "-H", socket, "version").isPresent()) {
                return true;
            }
            Thread.sleep(500);
        }
        return false;
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readString(log).lines().reduce("", (_, line) -> line);
    }

    /// What the command printed, empty where it failed.
    private static Optional<byte[]> run(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        var output = process.getInputStream().readAllBytes();
        return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    }

    private static void needed(boolean there, String what) {
        if (!there) {
            System.err.println("SKIPPED: OddImageOracleTest needs " + what);
        }
        assumeTrue(there, "needs " + what);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean isThere(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
