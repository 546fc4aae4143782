package dev.plimsoll.inventory.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.purl.PackageType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinuxTest {

    private static byte[] note(ByteOrder order, String text) {
        var description = text.getBytes(StandardCharsets.UTF_8);
        var note = ByteBuffer.allocate(16 + description.length + 3).order(order);
        note.putInt(4).putInt(description.length).putInt(0xcafe1a7e);
        note.put("FDO\0".getBytes(StandardCharsets.US_ASCII)).put(description);
        return note.array();
    }

    private static Analyzed noted(ByteOrder order, String text) {
        return Analyzed.by(
                new PackageNoteAnalyzer(),
                "usr/bin/x",
                new ElfBytes(true, order)
                        .section(".note.package", note(order, text))
                        .bytes());
    }

    @Test
    void theNoteNamesThePackage() {
        for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            var found = noted(
                            order,
                            "{\"type\":\"rpm\",\"os\":\"fedora\",\"name\":\"coreutils\",\"version\":\"9.1-7.fc38\","
                                    + "\"architecture\":\"x86_64\",\"appCpe\":\"cpe:2.3:a:gnu:coreutils:9.1\"}\0")
                    .packages()
                    .getFirst();
            assertThat(List.of(found.type(), found.name(), found.version(), found.architecture()))
                    .containsExactly(PackageType.RPM, "coreutils", "9.1-7.fc38", "x86_64");
            assertThat(found.cpes()).containsExactly("cpe:2.3:a:gnu:coreutils:9.1");
            assertThat(found.properties())
                    .containsEntry(PackageProperty.CONFIDENCE, "low")
                    .containsEntry(PackageProperty.ORIGIN, "fedora");
        }
        assertThat(noted(ByteOrder.LITTLE_ENDIAN, "{}").unknowns())
                .containsExactly("section .note.package: names no package");
        assertThat(noted(ByteOrder.LITTLE_ENDIAN, "{").unknowns()).hasSize(1);
    }

    private static byte[] image(String version) {
        var image = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0x202, 0x53726448).putShort(0x20e, (short) 0x300);
        image.position(0x500).put(version.getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }

    @Test
    void kernelsAreReadFromTheirHeaderAndModulesFromTheirFolder() {
        var kernel = new KernelAnalyzer();
        var found = Analyzed.by(kernel, "boot/vmlinuz-6.1.0-18-amd64", image("6.1.0-18-amd64 (a@b) #1 SMP"));
        assertThat(found.names()).containsExactly("linux-kernel 6.1.0-18-amd64");
        assertThat(found.packages().getFirst().cpes())
                .containsExactly("cpe:2.3:o:linux:linux_kernel:6.1.0:*:*:*:*:*:*:*");
        assertThat(Analyzed.by(kernel, "usr/lib/modules/6.6.8-200.fc39.x86_64/modules.dep", "")
                        .names())
                .containsExactly("linux-kernel 6.6.8-200.fc39.x86_64");
        assertThat(Analyzed.by(kernel, "boot/vmlinuz-x", image("no version")).packages())
                .isEmpty();
        assertThat(Analyzed.by(kernel, "boot/kernel", "text").packages()).isEmpty();
        assertThat(kernel.wanted().wants("boot/vmlinuz-6.1.0-18-amd64", 0600, 1))
                .isTrue();
    }

    @Test
    void modulesFromOutsideTheKernelAreNamed() {
        var own = "license=GPL\0version=2.1.5\0name=zfs\0vermagic=6.1.0 SMP\0";
        var module = ElfBytes.elf()
                .type(1)
                .section(".modinfo", own.getBytes(StandardCharsets.UTF_8))
                .bytes();
        var found = Analyzed.by(new KernelModuleAnalyzer(), "lib/modules/6.1.0/updates/zfs.ko", module);
        assertThat(found.names()).containsExactly("zfs 2.1.5");
        assertThat(found.licenses()).containsExactly("GPL");

        var kernels = ElfBytes.elf()
                .type(1)
                .section(".modinfo", (own + "intree=Y\0").getBytes(StandardCharsets.UTF_8))
                .bytes();
        assertThat(Analyzed.by(new KernelModuleAnalyzer(), "x.ko", kernels).packages())
                .isEmpty();
    }

    @FuzzTest
    void anyNoteAndAnyImageGivePackagesOrOneUnknown(byte[] bytes) {
        var program = ElfBytes.elf()
                .section(".note.package", bytes)
                .section(".modinfo", bytes)
                .bytes();
        assertThat(Analyzed.by(new PackageNoteAnalyzer(), "x", program).unknowns())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(Analyzed.by(new KernelModuleAnalyzer(), "x.ko", program).unknowns())
                .isEmpty();
        assertThat(Analyzed.by(new KernelAnalyzer(), "vmlinuz", bytes).unknowns())
                .isEmpty();
    }
}
