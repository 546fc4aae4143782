package dev.plimsoll.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.tree.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real images, against tools that share no code with this module.
class RealImagesTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"special", "debian-web", "secrets", "distroless"})
    void theMergedTreeIsWhatUmociUnpacks(String name) throws Exception {
        var layout = image("oci", name);
        needed(isOnPath("umoci") && isRoot(), "umoci, run by root");
        run(
                "umoci",
                "unpack",
                "--image",
                layout + ":latest",
                temporary.resolve("bundle").toString());
        var listed = run(
                "find",
                temporary.resolve("bundle/rootfs").toString(),
                "-mindepth",
                "1",
                "-printf",
                "%P\\0%y\\0%m\\0%U\\0%G\\0%s\\0%l\\0");
        // JUnit warns of each absolute link that it finds in its folder
        run("rm", "-rf", temporary.resolve("bundle").toString());

        assertThat(lines(tree(layout))).isEqualTo(parse(listed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"special", "special-sparse", "special-odd", "debian-web", "secrets", "rpm-rhel9"})
    void theMergedTreeAndContentsAreWhatPythonReads(String name) throws Exception {
        var layout = image("oci", name);
        needed(isOnPath("python3"), "python3");
        var script = Files.writeString(temporary.resolve("merge.py"), PYTHON_MERGE);
        var results = read(layout);
        var contents = new TreeMap<String, String>();
        for (var i = 0; i < results.size(); i++) {
            var layer = i;
            results.get(i).found().contents.forEach((path, hex) -> contents.put(layer + " " + path, hex));
        }

        assertThat(lines(merge(results)))
                .isEqualTo(parse(run("python3", script.toString(), layout.toString(), "tree")));
        assertThat(contents).isEqualTo(pairs(run("python3", script.toString(), layout.toString(), "contents")));
    }

    @Test
    void aZstdLayerGivesTheSameTreeAsAGzipLayer() throws Exception {
        assertThat(lines(tree(image("oci", "special-zstd")))).isEqualTo(lines(tree(image("oci", "special"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"special", "special-sparse", "special-odd", "debian-web", "secrets", "debian-patched"})
    void anArchiveGivesTheSameAsALayout(String name) throws Exception {
        var fromLayout = read(image("oci", name));
        var fromArchive = read(image("docker-archive", name + ".tar"));

        assertThat(lines(merge(fromArchive))).isEqualTo(lines(merge(fromLayout)));
        assertThat(fromArchive)
                .extracting(LayerResult::unpackedSize)
                .isEqualTo(fromLayout.stream().map(LayerResult::unpackedSize).toList());
    }

    @Test
    void anArchiveOfDockerSaveGivesTheSameAsALayout() throws Exception {
        assertThat(lines(tree(image("docker-archive", "debian-web.docker-save.tar"))))
                .isEqualTo(lines(tree(image("oci", "debian-web"))));
    }

    private static FileTree tree(Path image) throws IOException {
        return merge(read(image));
    }

    private static FileTree merge(List<LayerResult<Seen>> results) throws IOException {
        return FileTree.merge(results.stream().map(LayerResult::listing).toList(), ReadOptions.defaults());
    }

    private static List<LayerResult<Seen>> read(Path path) throws IOException {
        try (var image = Images.open(path.toString(), OpenOptions.defaults())) {
            var defaults = ReadOptions.defaults();
            return image.readLayers(
                    _ -> new Seen(),
                    new ReadOptions(2, true, defaults.timeout(), defaults.limits(), defaults.progress()));
        }
    }

    /// path -> type, mode, owner, group, size, target; what tools do not agree upon is left out.
    private static TreeMap<String, String> lines(FileTree tree) {
        var lines = new TreeMap<String, String>();
        for (var entry : tree) {
            var file = entry.kind() == Kind.FILE || entry.kind() == Kind.HARD_LINK;
            var link = entry.kind() == Kind.SYMBOLIC_LINK;
            lines.put(
                    entry.path(),
                    line(
                            letter(entry.kind()),
                            link ? "" : Integer.toOctalString(entry.mode()),
                            entry.userId() + ":" + entry.groupId(),
                            file ? String.valueOf(entry.size()) : "",
                            link ? entry.linkTarget() : ""));
        }
        return lines;
    }

    private static String letter(Kind kind) {
        return switch (kind) {
            case FILE, HARD_LINK -> "f";
            case DIRECTORY -> "d";
            case SYMBOLIC_LINK -> "l";
            case CHARACTER_DEVICE -> "c";
            case BLOCK_DEVICE -> "b";
            case FIFO -> "p";
            case WHITEOUT, OPAQUE -> throw new IllegalStateException("a marker in a tree");
        };
    }

    private static String line(String... parts) {
        return String.join(" ", parts);
    }

    private static TreeMap<String, String> parse(byte[] listed) {
        var fields = new String(listed, StandardCharsets.UTF_8).split("\0", -1);
        var lines = new TreeMap<String, String>();
        for (var i = 0; i + 6 < fields.length; i += 7) {
            var type = fields[i + 1];
            var link = type.equals("l");
            lines.put(
                    fields[i],
                    line(
                            type,
                            link ? "" : fields[i + 2],
                            fields[i + 3] + ":" + fields[i + 4],
                            type.equals("f") ? fields[i + 5] : "",
                            link ? fields[i + 6] : ""));
        }
        return lines;
    }

    private static TreeMap<String, String> pairs(byte[] listed) {
        var fields = new String(listed, StandardCharsets.UTF_8).split("\0", -1);
        var pairs = new TreeMap<String, String>();
        for (var i = 0; i + 1 < fields.length; i += 2) {
            pairs.put(fields[i], fields[i + 1]);
        }
        return pairs;
    }

    private static Path image(String form, String name) {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        var path = cache.resolve("plimsoll-images").resolve(form).resolve(name);
        needed(Files.exists(path), path.toString());
        return path;
    }

    private static void needed(boolean there, String what) {
        if (!there) {
            System.err.println("SKIPPED: RealImagesTest needs " + what);
        }
        assumeTrue(there, "needs " + what);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean isOnPath(String tool) {
        return List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private byte[] run(String... command) throws Exception {
        var error = temporary.resolve("stderr").toFile();
        var process = new ProcessBuilder(command).redirectError(error).start();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor())
                .as(() -> String.format(Locale.ROOT, "%s: %s", new ArrayList<>(List.of(command)), error))
                .isZero();
        return out.toByteArray();
    }

    /// An own merge over Python's tarfile: of the first image of a layout.
    private static final String PYTHON_MERGE = """
            import gzip, hashlib, io, json, sys, tarfile
            root, what = sys.argv[1:]
            blob = lambda digest: open(root + "/blobs/" + digest.replace(":", "/"), "rb").read()
            manifest = json.loads(blob(json.load(open(root + "/index.json"))["manifests"][0]["digest"]))
            tree, contents = {}, {}
            def drop(path, itself=True):
                for other in [p for p in tree if p.startswith(path + "/") or (itself and p == path)]:
                    del tree[other]
            for index, layer in enumerate(manifest["layers"]):
                data = blob(layer["digest"])
                if data[:2] == b"\\x1f\\x8b":
                    data = gzip.decompress(data)
                tar = tarfile.open(fileobj=io.BytesIO(data), encoding="utf-8", ignore_zeros=False)
                entries = []
                for member in tar:
                    path = "/".join(p for p in member.name.split("/") if p not in ("", "."))
                    if path:
                        entries.append((path, member))
                for path, member in entries:
                    folder, _, name = path.rpartition("/")
                    if name == ".wh..wh..opq":
                        drop(folder, False)
                    elif name.startswith(".wh.") and not name.startswith(".wh..wh."):
                        drop((folder + "/" if folder else "") + name[4:])
                for path, member in entries:
                    if path.rpartition("/")[2].startswith(".wh.") or path.startswith(".wh..wh."):
                        continue
                    parts = path.split("/")
                    for i in range(1, len(parts)):
                        above = "/".join(parts[:i])
                        if above not in tree or tree[above][0] != "d":
                            tree[above] = ("d", 0o755, 0, 0, 0, "")
                    kind = {"0": "f", "1": "h", "2": "l", "3": "c", "4": "b", "5": "d", "6": "p"}.get(
                        member.type.decode().replace("\\0", "0"), "f")
                    if member.issparse():
                        kind = "f"
                    if kind != "d":
                        drop(path)
                    if kind == "h":
                        tree[path] = tree["/".join(p for p in member.linkname.split("/") if p not in ("", "."))]
                        continue
                    tree[path] = (kind, member.mode & 0o7777, member.uid, member.gid, member.size if kind == "f" else 0,
                                  member.linkname if kind == "l" else "")
                    if kind == "f":
                        contents["%d %s" % (index, path)] = hashlib.sha256(tar.extractfile(member).read()).hexdigest()
            out = sys.stdout.buffer
            if what == "tree":
                for path, (kind, mode, uid, gid, size, link) in tree.items():
                    out.write("".join("%s\\0" % f for f in (path, kind, "%o" % mode, uid, gid, size, link)).encode())
            else:
                for key, value in contents.items():
                    out.write(("%s\\0%s\\0" % (key, value)).encode())
            """;
}
