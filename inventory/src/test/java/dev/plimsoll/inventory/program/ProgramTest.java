package dev.plimsoll.inventory.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.program.Program.Format;
import dev.plimsoll.inventory.program.Program.Role;
import dev.plimsoll.inventory.program.Program.Section;
import dev.plimsoll.inventory.program.Program.Segment;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {

    private static final byte[] TEXT = "content".getBytes(StandardCharsets.UTF_8);

    private static Program read(byte[] bytes) throws IOException {
        return Program.of(ProgramContent.of(bytes, bytes.length)).orElseThrow();
    }

    @Test
    void elfOfBothWidthsAndByteOrdersHasItsSectionsAndSegments() throws IOException {
        for (var wide : List.of(true, false)) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                var program = read(new ElfBytes(wide, order)
                        .segment(0x1000, true, TEXT)
                        .section(".dep-v0", TEXT)
                        .bytes());

                assertThat(List.of(program.format(), program.wide(), program.order(), program.role()))
                        .containsExactly(Format.ELF, wide, order, Role.PROGRAM);
                var buffer = program.read(program.section(".dep-v0").orElseThrow(), 100);
                assertThat(Program.text(buffer, 0, 100)).isEqualTo("content");
                assertThat(Program.text(program.loaded(0x1003, 100), 0, 100)).isEqualTo("tent");
                assertThat(program.loaded(0x1007, 100).remaining()).isZero();
                assertThat(program.loaded(0xfff, 100).remaining()).isZero();
                assertThat(program.segments()).extracting(Segment::writable).containsExactly(true);
            }
        }
    }

    @Test
    void whatCanBeStartedIsToldFromLibrariesAndObjects() throws IOException {
        assertThat(read(ElfBytes.elf().type(1).bytes()).role()).isEqualTo(Role.OTHER);
        assertThat(read(ElfBytes.elf().type(3).bytes()).role()).isEqualTo(Role.LIBRARY);
        assertThat(read(ElfBytes.elf().type(3).segment(3, TEXT).bytes()).role()).isEqualTo(Role.PROGRAM);
        var pie = java.nio.ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        pie.putLong(0x6ffffffbL).putLong(0x08000000L);
        assertThat(read(ElfBytes.elf().type(3).segment(2, pie.array()).bytes()).role())
                .isEqualTo(Role.PROGRAM);
    }

    @Test
    void javaClassesScriptsAndShortFilesAreNoPrograms() throws IOException {
        for (var bytes : List.of(
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 65},
                "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8),
                new byte[] {0x7f, 'E', 'L', 'F'})) {
            assertThat(Program.of(ProgramContent.of(bytes, bytes.length))).isEmpty();
        }
    }

    @Test
    void damagedHeadersLeaveAProgramWithoutParts() throws IOException {
        var whole =
                ElfBytes.elf().segment(0x1000, true, TEXT).section("x", TEXT).bytes();
        for (int length = Program.MAGIC_LENGTH; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length)).format()).isEqualTo(Format.ELF);
        }
        assertThat(read(Arrays.copyOf(whole, 60)).sections()).isEmpty();
    }

    @Test
    void machOOfSeveralProcessorsIsReadInItsFirstPart() throws IOException {
        var thin = PeAndMachO.machO("__go_buildinfo", TEXT);
        var program = read(thin);
        assertThat(program.role()).isEqualTo(Role.PROGRAM);
        assertThat(Program.text(program.read(program.section("__go_buildinfo").orElseThrow(), 100), 0, 100))
                .isEqualTo("content");

        var fat = read(PeAndMachO.fat(thin));
        assertThat(Program.text(fat.read(fat.section("__go_buildinfo").orElseThrow(), 100), 0, 100))
                .isEqualTo("content");
    }

    @Test
    void windowsProgramsHaveTheirSectionsAtTheirAddresses() throws IOException {
        var program = read(PeAndMachO.pe(".rsrc", TEXT, 0, 0));
        assertThat(program.role()).isEqualTo(Role.PROGRAM);
        assertThat(program.sections()).extracting(Section::name).containsExactly(".rsrc");
        assertThat(Program.text(program.loaded(program.base() + PeAndMachO.ADDRESS, 100), 0, 100))
                .isEqualTo("content");
    }

    @Test
    void aFileIsReadAsMemoryIs(@TempDir Path folder) throws IOException {
        var bytes = ElfBytes.elf().section("x", TEXT).bytes();
        var file = Files.write(folder.resolve("program"), bytes);
        try (var channel = FileChannel.open(file)) {
            var program = Program.of(ProgramContent.of(channel, bytes.length)).orElseThrow();
            assertThat(Program.text(program.read(program.section("x").orElseThrow(), 100), 0, 100))
                    .isEqualTo("content");
            assertThat(program.content()
                            .read(bytes.length - 2, 100, ByteOrder.BIG_ENDIAN)
                            .remaining())
                    .isEqualTo(2);
            assertThat(program.content().read(-1, 100, ByteOrder.BIG_ENDIAN).remaining())
                    .isZero();
        }
    }

    /// Anything that begins as a program does is one, whatever stands behind that.
    @MethodSource("programs")
    @FuzzTest
    void anyBytesAreReadOrAreNoProgram(byte[] bytes) throws IOException {
        var program = Program.of(ProgramContent.of(bytes, bytes.length));
        assertThat(program.isPresent()).isEqualTo(Program.begins(bytes, bytes.length));
        if (program.isPresent()) {
            for (var section : program.get().sections()) {
                program.get().read(section, 1000);
            }
        }
    }

    static Stream<byte[]> programs() {
        return Stream.of(
                        ElfBytes.elf()
                                .segment(0x1000, true, TEXT)
                                .section("x", TEXT)
                                .bytes(),
                        new ElfBytes(false, ByteOrder.BIG_ENDIAN)
                                .section("x", TEXT)
                                .bytes(),
                        PeAndMachO.pe(".rsrc", TEXT, 0, 0),
                        PeAndMachO.machO("x", TEXT),
                        PeAndMachO.fat(PeAndMachO.machO("x", TEXT)))
                .flatMap(good -> Stream.concat(
                        Stream.of(good),
                        Stream.iterate(0, at -> at < good.length, at -> at + 7).map(at -> {
                            var other = good.clone();
                            other[at] ^= (byte) 0xff;
                            return other;
                        })));
    }
}
