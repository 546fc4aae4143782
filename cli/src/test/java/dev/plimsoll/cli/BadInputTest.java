package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What must end in a clear error or an unknown: exit 3 from `check`, 1 elsewhere, and never a stack trace.
final class BadInputTest {

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void writePolicy() throws IOException {
        var file = folder.resolve("policy.json");
        Files.writeString(file, """
                {"id":"b","name":"b","version":"1_0","policies":[{"id":"p","name":"p","version":"1_0","rules":[{"gate":"always","trigger":"always","action":"GO"}]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":[]}]}
                """);
        policy = file.toString();
    }

    @Test
    void aTruncatedArchiveGivesNoVerdict() throws IOException {
        var whole = small().dockerArchive();
        Files.write(folder.resolve("image.tar"), Arrays.copyOf(whole, whole.length / 2));

        expectUnreadable("image.tar", "image.tar");
    }

    @Test
    void anArchiveThatIsCutAnywhereGivesNoVerdict() throws IOException {
        var whole = small().dockerArchive();

        // the last two blocks are the end marker, which some writers leave out, as they do the padding before it
        for (var length = 1; length < whole.length - 1536; length += 1500) {
            Files.write(folder.resolve("image.tar"), Arrays.copyOf(whole, length));
            expectNoVerdict("image.tar", "image.tar");
        }
        for (var length = 512; length < whole.length - 1536; length += 5120) {
            Files.write(folder.resolve("image.tar"), Arrays.copyOf(whole, length));
            expectNoVerdict("image.tar", "image.tar");
        }
    }

    @Test
    void aLayoutWithABlobThatIsCutOrChangedAnywhereGivesNoVerdict() throws IOException {
        var files = small().ociLayout();
        for (var blob : files.keySet().stream()
                .filter(name -> name.startsWith("blobs/"))
                .toList()) {
            var bytes = files.get(blob);
            for (var at = 0; at < bytes.length; at += 1 + bytes.length / 5) {
                var layout = small().writeOciLayout(folder.resolve("layout"));
                Files.write(layout.resolve(blob), Arrays.copyOf(bytes, at));
                expectNoVerdict("oci-layout:layout", blob.substring(blob.lastIndexOf('/') + 1));
                var changed = bytes.clone();
                changed[at] ^= 1;
                Files.write(layout.resolve(blob), changed);
                expectNoVerdict("oci-layout:layout", blob.substring(blob.lastIndexOf('/') + 1));
            }
        }
    }

    @Test
    void aNameInAMessageCannotSteerTheTerminal() throws IOException {
        Files.write(
                folder.resolve("image.tar"),
                new TestTar()
                        .file("manifest.json", "[{\"Config\":\"\\u001b[2Jx\\u202e\",\"Layers\":[]}]")
                        .bytes());

        expectNoVerdict("image.tar", "x1b[2Jx");
        assertThat(Run.of(folder, "sbom", "image.tar").err())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    @Test
    void nothingIsWrittenWhateverNamesAnImageHas() throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        new TestImage()
                .layer(new TestTar()
                        .symbolicLink("way", outside.toString())
                        .file("way/written", "x")
                        .file("../outside/up", "x")
                        .file(outside + "/absolute", "x")
                        .hardLink("hard", "../outside/up")
                        .symbolicLink("var/lib/dpkg/status", "/etc/passwd"))
                .writeDockerArchive(folder.resolve("image.tar"));

        assertThat(Run.of(folder, "sbom", "image.tar", "-o", "inventory").code())
                .isZero();
        assertThat(Run.of(folder, "check", "image.tar", "--policy", policy).code())
                .isZero();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aSparseFileOfTerabytesGoesToNoDisk() throws IOException {
        new TestImage()
                .layer(new TestTar()
                        .sparseFile("app/huge", 0755, 1L << 60, "\u007fELF\2\1\1\0")
                        .file("app/node_modules/good/package.json", "{\"name\":\"good\",\"version\":\"1.0.0\"}"))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("good")
                .contains("/app/huge: its " + (1L << 60) + " bytes are over the limit of 4294967296");
    }

    @Test
    void aFileWithManyUnknownsLeavesRoomForOthers() throws IOException {
        var entries = new byte[300][];
        for (var i = 0; i < entries.length; i++) {
            entries[i] = "no zip".getBytes(StandardCharsets.UTF_8);
        }
        new TestImage()
                .layer(new TestTar().file("app/many.jar", 0644, zips(entries)).file("app/other.jar", "not a zip"))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar", "-v");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("UNKNOWN (102)")
                .contains("/app/many.jar: and 200 more places of this file")
                .contains("/app/other.jar: not a zip archive");
    }

    @Test
    void aCorruptLayerGivesNoVerdict() throws IOException {
        var layout = small().writeOciLayout(folder.resolve("layout"));
        var largest = largestBlob(layout);
        var bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(largest, bytes);

        expectUnreadable("oci-layout:layout", largest.getFileName().toString());
    }

    @Test
    void aMissingBlobGivesNoVerdict() throws IOException {
        var layout = small().writeOciLayout(folder.resolve("layout"));
        var largest = largestBlob(layout);
        Files.delete(largest);

        expectUnreadable("oci-layout:layout", largest.getFileName().toString());
    }

    @Test
    void aManifestThatIsNotJsonGivesNoVerdict() throws IOException {
        var layout = small().writeOciLayout(folder.resolve("layout"));
        Files.writeString(layout.resolve("index.json"), "{\"manifests\": [");

        expectUnreadable("oci-layout:layout", "index.json");
    }

    @Test
    void deepJsonGivesNoVerdict() throws IOException {
        var layout = small().writeOciLayout(folder.resolve("layout"));
        Files.writeString(layout.resolve("index.json"), "{\"manifests\":" + "[".repeat(100_000));

        expectUnreadable("oci-layout:layout", "index.json");
    }

    @Test
    void moreEntriesThanTheLimitGiveNoVerdictAndNameTheOption() throws IOException {
        var tar = new TestTar();
        for (int i = 0; i < 50; i++) {
            tar.file("f" + i, "");
        }
        new TestImage().layer(tar).writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "check", "image.tar", "--policy", policy, "--max-layer-entries", "40");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("--max-layer-entries").contains("40");
    }

    @Test
    void anImageThatIsNotThereIsAMistakeOfTheUser() {
        var run = Run.of(folder, "check", "nowhere.tar", "--policy", policy);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nowhere.tar");
    }

    @Test
    void aFileThatIsNoImageIsSaid() throws IOException {
        Files.writeString(folder.resolve("readme.txt"), "hello".repeat(1000));

        var run = Run.of(folder, "check", "readme.txt", "--policy", policy);

        assertThat(run.code()).isIn(1, 3);
        assertThat(run.err()).contains("readme.txt").doesNotContain("Exception");
    }

    @Test
    void traversalStaysWithinTheImageAndIsTold() throws IOException {
        new TestImage()
                .layer(new TestTar().file("../../etc/passwd", "root").file("etc/ok", "fine"))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar", "-o", "inventory");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("[\"etc/ok\"", "[\"etc/passwd\"", "read from the root of the image: ../../etc/passwd")
                .doesNotContain("[\"..", "[\"../");
    }

    @Test
    void linkLoopsEnd() throws IOException {
        new TestImage()
                .layer(new TestTar()
                        .symbolicLink("etc/os-release", "../usr/lib/os-release")
                        .symbolicLink("usr/lib/os-release", "../../etc/os-release"))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("UNKNOWN (2)")
                .contains("/etc/os-release: its links lead in a loop or nowhere")
                .contains("/usr/lib/os-release: its links lead in a loop or nowhere");
    }

    @Test
    void aHugeOsReleaseIsAnUnknown() throws IOException {
        new TestImage()
                .layer(new TestTar().file("etc/os-release", 0644, new byte[2 << 20]))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("UNKNOWN (1)").contains("/etc/os-release: its text is over 65536 bytes");
    }

    @Test
    void aBrokenFileInAGoodLayerIsAnUnknownAndTheRestStays() throws IOException {
        new TestImage()
                .layer(new TestTar()
                        .file("app/node_modules/bad/package.json", "{\"name\":")
                        .file("app/node_modules/good/package.json", "{\"name\":\"good\",\"version\":\"1.0.0\"}")
                        .file("app/broken.jar", "not a zip"))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("good")
                .contains("UNKNOWN (2)")
                .contains("/app/node_modules/bad/package.json")
                .contains("/app/broken.jar");
    }

    @Test
    void jarsInJarsInJarsEnd() throws IOException {
        var jar = zip("x.txt", new byte[] {1});
        for (int i = 0; i < 20; i++) {
            jar = zip("inner.jar", jar);
        }
        new TestImage()
                .layer(new TestTar().file("app/outer.jar", 0644, jar))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("/app/outer.jar").contains("nest deeper than");
    }

    @Test
    void aZipBombIsBounded() throws IOException {
        new TestImage()
                .layer(new TestTar().file("app/bomb.jar", 0644, zip("META-INF/MANIFEST.MF", new byte[64 << 20])))
                .writeDockerArchive(folder.resolve("image.tar"));

        var run = Run.of(folder, "sbom", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("/app/bomb.jar").contains("bytes");
    }

    @Test
    void aCatastrophicPatternEnds() throws IOException {
        new TestImage()
                .layer(new TestTar().file("a".repeat(60) + "!", ""))
                .writeDockerArchive(folder.resolve("image.tar"));
        var file = folder.resolve("catastrophic.json");
        Files.writeString(file, """
                {"id":"b","name":"b","version":"1_0","policies":[{"id":"p","name":"p","version":"1_0","rules":[
                  {"id":"r","gate":"files","trigger":"name_match","action":"STOP","params":[{"name":"regex","value":"/(a+)+$"}]}]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "policy_ids":["p"],"whitelist_ids":[]}]}
                """);

        assertThat(Run.of(folder, "check", "image.tar", "--policy", file.toString())
                        .code())
                .isZero();
    }

    @Test
    void aBrokenInventoryIsSaidWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("facts.json"), "{\"schema\":1,\"version\":\"1.0\"}");

        var run = Run.of(folder, "check", "inventory:facts.json", "--policy", policy);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("facts.json").contains("/schema");
    }

    @Test
    void aBrokenAdvisoryIsSaidWithItsFile() throws IOException {
        small().writeDockerArchive(folder.resolve("image.tar"));
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/X.json"), "{\"id\":");

        var run = Run.of(folder, "vulns", "image.tar", "--advisories", "own");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("X.json").contains("line 1");
    }

    private void expectUnreadable(String where, String named) {
        var check = Run.of(folder, "check", where, "--policy", policy);
        var sbom = Run.of(folder, "sbom", where);

        assertThat(check.code()).as(check.err()).isEqualTo(3);
        assertThat(sbom.code()).isEqualTo(1);
        assertThat(check.err())
                .contains(named)
                .startsWith("plimsoll: ")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(check.out()).isEmpty();
    }

    /// What `check` alone says: the cheaper half of `expectUnreadable`, for many inputs.
    private void expectNoVerdict(String where, String named) {
        var check = Run.of(folder, "check", where, "--policy", policy);

        assertThat(check.code()).as(check.err()).isEqualTo(3);
        assertThat(check.err()).contains(named).startsWith("plimsoll: ").doesNotContain("Exception");
        assertThat(check.err().strip()).as("one sentence").doesNotContain("\n");
        assertThat(check.out()).isEmpty();
    }

    private static TestImage small() {
        var random = new byte[20_000];
        new java.util.Random(1).nextBytes(random);
        return new TestImage()
                .layer(new TestTar()
                        .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                        .file("data", 0644, random));
    }

    private static Path largestBlob(Path layout) throws IOException {
        try (var list = Files.list(layout.resolve("blobs/sha256"))) {
            return list.max((left, right) ->
                            Long.compare(left.toFile().length(), right.toFile().length()))
                    .orElseThrow();
        }
    }

    private static byte[] zips(byte[]... jars) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (var i = 0; i < jars.length; i++) {
                zip.putNextEntry(new ZipEntry("lib/inner" + i + ".jar"));
                zip.write(jars[i]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }
}
