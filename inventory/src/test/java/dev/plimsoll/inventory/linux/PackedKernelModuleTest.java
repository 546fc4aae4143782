package dev.plimsoll.inventory.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedKernelModuleTest {

    private static final byte[] MODULE = ElfBytes.elf()
            .type(1)
            .section(".text", noise(200_000))
            .section(".modinfo", "license=GPL\0version=2.1.5\0vermagic=6.1.0 SMP\0".getBytes(StandardCharsets.UTF_8))
            .bytes();

    @TempDir
    private Path folder;

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static Analyzed analyzed(String path, byte[] packed) {
        return Analyzed.by(new PackedKernelModuleAnalyzer(), path, packed);
    }

    /// With the options of Linux's `scripts/Makefile.modinst`.
    private static List<String> packing(String ending, Path file) {
        return switch (ending) {
            case ".gz" -> List.of("gzip", "-n", "-k", "-f", file.toString());
            case ".xz" -> List.of("xz", "--check=crc32", "--lzma2=dict=1MiB", "-k", "-f", file.toString());
            default -> List.of("zstd", "-q", "-k", "-f", file.toString());
        };
    }

    private byte[] packed(Path file, String ending) throws IOException, InterruptedException {
        RealImage.answers(folder, packing(ending, file));
        return Files.readAllBytes(file.resolveSibling(file.getFileName() + ending));
    }

    @Test
    void modulesThatRealToolsPackedAreRead() throws IOException, InterruptedException {
        var file = folder.resolve("zfs.ko");
        Files.write(file, MODULE);
        for (var ending : List.of(".gz", ".xz", ".zst")) {
            var path = "lib/modules/6.1.0/updates/dkms/zfs.ko" + ending;
            assertThat(new PackedKernelModuleAnalyzer().wanted().wants(path, 0644, 1))
                    .isTrue();
            var analyzed = analyzed(path, packed(file, ending));
            assertThat(analyzed.names()).as(ending).containsExactly("zfs 2.1.5");
            assertThat(analyzed.unknowns()).isEmpty();
        }
    }

    @Test
    void modulesOfTheKernelItselfAreNoPackages() throws IOException {
        var module = ElfBytes.elf()
                .type(1)
                .section(".modinfo", "version=1.0\0intree=Y\0".getBytes(StandardCharsets.UTF_8))
                .bytes();
        var analyzed = analyzed("x.ko.gz", gzip(module));
        assertThat(analyzed.packages()).isEmpty();
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void whatCannotBeUnpackedIsUnknown() throws IOException {
        var cut = gzip(MODULE);
        for (var path : List.of("x.ko.gz", "x.ko.xz", "x.ko.zst")) {
            assertThat(analyzed(path, Arrays.copyOf(cut, cut.length / 2)).unknowns())
                    .as(path)
                    .singleElement()
                    .asString()
                    .startsWith("the packed module cannot be read: ");
        }
        assertThat(analyzed("x.ko.gz", gzip("text, and more of it".getBytes(StandardCharsets.UTF_8)))
                        .unknowns())
                .containsExactly("the packed module holds no program");
    }

    @Test
    void moreThanTheLimitIsNotUnpacked() throws IOException {
        assertThat(analyzed("x.ko.gz", gzip(new byte[PackedKernelModuleAnalyzer.MAX_UNPACKED + 1]))
                        .unknowns())
                .containsExactly("the packed module cannot be read: it unpacks to over 67108864 bytes");
    }

    /// Debian's own modules, which its package holds unpacked: each comes out of each packing as it was.
    @Test
    void realModulesComeOutAsTheyWere() throws IOException, InterruptedException {
        var script = """
                apt-get download -q "$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/ *Depends: *//p' | head -1)" || exit 127
                mkdir x && dpkg-deb --fsys-tarfile linux-image-*.deb | tar -x -C x || exit 127
                find x -name '*.ko' -size -400k | sort | head -40
                """;
        var modules = RealImage.answers(folder, List.of("sh", "-c", script)).stream()
                .filter(line -> line.endsWith(".ko"))
                .map(folder::resolve)
                .toList();
        if (modules.isEmpty()) {
            System.err.println("SKIPPED: PackedKernelModuleTest needs unpacked modules in Debian's linux-image");
        }
        Assumptions.assumeFalse(modules.isEmpty(), "needs Debian's modules");
        for (var file : modules) {
            var bytes = Files.readAllBytes(file);
            var information = ModuleInformation.of(
                    Program.of(ProgramContent.of(bytes, bytes.length)).orElseThrow());
            assertThat(information.orElseThrow().values())
                    .as(file.toString())
                    .containsEntry("intree", "Y")
                    .containsKeys("vermagic", "name", "license");
            for (var ending : List.of(".gz", ".xz", ".zst")) {
                var name = file.getFileName() + ending;
                var packed = packed(file, ending);
                assertThat(PackedKernelModuleAnalyzer.unpacked(name, packed))
                        .as(name)
                        .isEqualTo(bytes);
                assertThat(analyzed(name, packed)).isEqualTo(new Analyzed(List.of(), List.of()));
            }
        }
    }

    @FuzzTest
    void anyFileGivesAPackageOrOneUnknown(byte[] bytes) {
        for (var path : List.of("x.ko.gz", "x.ko.xz", "x.ko.zst")) {
            assertThat(analyzed(path, bytes).unknowns()).hasSizeLessThanOrEqualTo(1);
        }
    }
}
