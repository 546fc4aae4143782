package dev.plimsoll.inventory.golang;

import static dev.plimsoll.inventory.golang.ProgramBytes.elf;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.program.ElfBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class GoBinaryFuzzTest {

    @FuzzTest
    void anyBlobGivesModulesOrAtMostOneUnknown(byte[] bytes) {
        var program = elf().upTo(64).header(8, 2).bytes(bytes).bytes();

        assertThat(Analyzed.by(new GoBinaryAnalyzer(), "b", program).unknowns()).hasSizeLessThanOrEqualTo(1);
    }

    @MethodSource("programs")
    @FuzzTest
    void anyProgramGivesModulesOrAtMostOneUnknown(byte[] bytes) {
        assertThat(Analyzed.by(new GoBinaryAnalyzer(true), "b", bytes).unknowns())
                .hasSizeLessThanOrEqualTo(1);
    }

    /// A table of functions that anything may stand in.
    @FuzzTest
    void anyTableOfFunctionsGivesModulesAndAtMostOneUnknown(byte[] bytes) {
        var blob = new ProgramBytes()
                .header(8, 2)
                .string("go1.21.3")
                .string("0123456789abcdefmod\ta.b/c\tv1.2.3\t\n0123456789abcdef");
        for (var section : List.of(".gopclntab", ".rdata")) {
            var program = ElfBytes.elf()
                    .section(".go.buildinfo", blob.bytes())
                    .section(section, bytes)
                    .bytes();
            var analyzed = Analyzed.by(new GoBinaryAnalyzer(true), "b", program);

            assertThat(analyzed.packages()).hasSize(2);
            assertThat(analyzed.unknowns()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @FuzzTest
    void anyTextIsASetOrNone(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (var tried : List.of(text, "1 - " + text, "1 - 9 " + text)) {
            GoSymbols.parse(tried)
                    .ifPresent(symbols -> assertThat(GoSymbols.parse(symbols.text())
                                    .orElseThrow()
                                    .size())
                            .isEqualTo(symbols.size()));
        }
    }

    @FuzzTest
    void anyNameIsTakenApart(byte[] bytes) {
        FunctionName.of(new String(bytes, StandardCharsets.UTF_8))
                .ifPresent(name -> assertThat(name.symbols()).hasSizeLessThanOrEqualTo(2));
    }

    /// Programs of each format, whole and with a bit changed in and behind the blob.
    static Stream<byte[]> programs() {
        return Stream.of(ProgramBytes.ELF, ProgramBytes.PE, ProgramBytes.MACH_O).flatMap(magic -> {
            var good = ProgramBytes.program(magic)
                    .upTo(64)
                    .blob("go1.21.3", "path\ta.b/c\nmod\ta.b/c\tv1.2.3\th1:x=\ndep\td.e/f\tv0.1.0\th1:y=\n")
                    .bytes();
            return Stream.concat(
                    Stream.of(good),
                    Stream.iterate(0, at -> at < good.length, at -> at + 3).map(at -> {
                        var other = good.clone();
                        other[at] ^= (byte) (1 << (at % 8));
                        return other;
                    }));
        });
    }
}
