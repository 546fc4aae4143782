package dev.plimsoll.inventory.golang;

import static dev.plimsoll.inventory.golang.ProgramBytes.elf;
import static dev.plimsoll.inventory.golang.ProgramBytes.program;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.program.ElfBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoBinaryAnalyzerTest {

    private static final String MODULES =
            "path\tgithub.com/a/b/cmd/b\nmod\tgithub.com/a/b\tv1.2.3\th1:x=\ndep\tgolang.org/x/text\tv0.3.7\th1:y=\nbuild\t-compiler=gc\n";

    private final GoBinaryAnalyzer analyzer = new GoBinaryAnalyzer();

    private Analyzed analyze(ProgramBytes program) {
        return Analyzed.by(analyzer, "usr/bin/b", program.bytes());
    }

    private List<String> names(String modules) {
        var analyzed = analyze(elf().upTo(4096).blob("go1.21.3", modules).upTo(10_000));
        assertThat(analyzed.unknowns()).isEmpty();
        return analyzed.names();
    }

    @Test
    void readsTheMainModuleItsDependenciesAndTheStandardLibrary() {
        assertThat(names(MODULES))
                .containsExactly("github.com/a/b v1.2.3", "golang.org/x/text v0.3.7", "stdlib 1.21.3");
    }

    @Test
    void theLastPartOfThePathIsTheName() {
        var found = analyze(elf().upTo(16).blob("go1.21.3", MODULES)).packages().getFirst();

        assertThat(List.of(found.namespace(), found.name(), found.version()))
                .containsExactly("github.com/a", "b", "v1.2.3");
    }

    @Test
    void programsOfEveryFormatAreRead() {
        for (var magic : List.of(ProgramBytes.ELF, ProgramBytes.PE, ProgramBytes.MACH_O)) {
            assertThat(analyze(program(magic).upTo(64).blob("go1.18", MODULES)).packages())
                    .hasSize(3);
        }
        assertThat(analyze(program((byte) '#', (byte) '!').upTo(64).blob("go1.18", MODULES)))
                .isEqualTo(new Analyzed(List.of(), List.of()));
    }

    @Test
    void whatReplacesAModuleIsWhatWasBuilt() {
        assertThat(names("mod\tm\tv1.0.0\t\ndep\ta.b/c\tv1.0.0\n=>\tx.y/z\tv2.0.0\th1:x=\ndep\td.e/f\tv1.1.0\th1:y=\n"))
                .containsExactly("m v1.0.0", "x.y/z v2.0.0", "d.e/f v1.1.0", "stdlib 1.21.3");
    }

    @Test
    void aFolderThatReplacesAModuleLeavesItsNameWithoutAVersion() {
        for (var folder : List.of("./staging", "../x", "/src/x", "C:\\src", "..\\x")) {
            assertThat(names("mod\tm\tv1.0.0\t\ndep\ta.b/c\tv1.0.0\n=>\t" + folder + "\t(devel)\t\n"))
                    .as(folder)
                    .containsExactly("m v1.0.0", "a.b/c ", "stdlib 1.21.3");
        }
    }

    @Test
    void aMainModuleInDevelopmentHasNoVersion() {
        assertThat(names("path\tm\nmod\tm\t(devel)\t\n")).containsExactly("m ", "stdlib 1.21.3");
        assertThat(names("mod\tm\t\t\n")).containsExactly("m ", "stdlib 1.21.3");
    }

    @Test
    void aProgramWithoutModulesHasItsStandardLibrary() {
        assertThat(names("")).containsExactly("stdlib 1.21.3");
        assertThat(analyze(elf().upTo(64).blob("go1.22.0 X:rangefunc", "")).names())
                .containsExactly("stdlib 1.22.0");
        assertThat(analyze(elf().upTo(64).blob("devel go1.23-abc", MODULES)).packages())
                .hasSize(2);
    }

    @Test
    void linesOfOtherKindsAreNoModules() {
        assertThat(names("mod\ndep\tx\n=>\nmod\t\tv1\ndep\ta/\tv1\nfoo\tbar\tbaz\n\n\n"))
                .containsExactly("stdlib 1.21.3");
    }

    @Test
    void findsTheBlobWhereverItIsAligned() {
        for (int offset = 16; offset < 3 * GoBinaryAnalyzer.WINDOW; offset += 16) {
            if (offset % 4096 == 0 || Math.floorMod(offset, GoBinaryAnalyzer.WINDOW) > GoBinaryAnalyzer.WINDOW - 400) {
                assertThat(analyze(elf().upTo(offset).blob("go1.21.3", MODULES)).packages())
                        .as("at %d", offset)
                        .hasSize(3);
                assertThat(analyze(elf().upTo(offset).blob("go1.21.3", MODULES).upTo(offset + 100_000))
                                .packages())
                        .as("at %d", offset)
                        .hasSize(3);
            }
        }
        assertThat(analyze(elf().upTo(4097).blob("go1.21.3", MODULES).upTo(10_000))
                        .packages())
                .isEmpty();
    }

    @Test
    void goesOnBehindATextThatLooksLikeAHeader() {
        var debugger = elf().upTo(64)
                .header(' ', 'x')
                .upTo(128)
                .header(8, 2)
                .text("\3no!")
                .upTo(192)
                .header(8, 2)
                .length(0)
                .upTo(70_000);

        assertThat(analyze(debugger.upTo(80_000).blob("go1.21.3", MODULES)).packages())
                .hasSize(3);
        assertThat(analyze(debugger).unknowns()).isEmpty();
    }

    @Test
    void oldTextsThatAreNotThereAreSaid() {
        assertThat(analyze(elf().upTo(64).header(8, 0).upTo(1000)).unknowns())
                .containsExactly("built by a Go older than 1.18, whose build information cannot be found");
    }

    @Test
    void aListThatGoesOnBehindTheWindowIsReadToItsEnd() {
        var many = "dep\tgolang.org/x/text\tv0.3.7\th1:y=\n".repeat(5000);

        assertThat(analyze(elf().upTo(64).blob("go1.21.3", many).upTo(500_000)).packages())
                .hasSize(5001);
    }

    @Test
    void aListThatIsCutOrOverTheLimitIsUnknown() {
        var whole = elf().upTo(64).blob("go1.21.3", MODULES).bytes();
        for (int length = 64 + 32 + 1; length < whole.length; length++) {
            var analyzed = Analyzed.by(analyzer, "b", Arrays.copyOf(whole, length));
            assertThat(analyzed.packages()).isEmpty();
            assertThat(analyzed.unknowns())
                    .as("cut at %d", length)
                    .containsExactly("Go build information is cut short");
        }

        var start = 32 + 1 + "go1.21.3".length() + 3;
        var most = "x".repeat(GoBinaryAnalyzer.MAX_BLOB - start - 33) + "\n";
        assertThat(analyze(elf().upTo(64).blob("go1.21.3", most)).names()).containsExactly("stdlib 1.21.3");
        assertThat(analyze(elf().upTo(64).blob("go1.21.3", "x" + most)).unknowns())
                .containsExactly("Go build information over 1048576 bytes");
        assertThat(analyze(elf().upTo(64).header(8, 2).string("go1.21.3").bytes(new byte[] {-1, -1, -1, -1, -1, -1}))
                        .unknowns())
                .containsExactly("Go build information over 1048576 bytes");
    }

    @Test
    void theMainModulesVersionIsWhatTheLinkerWasToldToWrite() {
        var main = "mod\tgithub.com/a/b\t(devel)\t\nbuild\t-compiler=gc\nbuild\t-ldflags=";
        assertThat(names(main + "\"-s -w -X main.version=1.2.3 -X github.com/x/y.Version=9.9.9\"\n"))
                .containsExactly("github.com/a/b v1.2.3", "stdlib 1.21.3");
        assertThat(names(main + "\"-X 'github.com/a/b/internal/info.gitVersion=v2.0.0-rc.1'\"\n"))
                .containsExactly("github.com/a/b v2.0.0-rc.1", "stdlib 1.21.3");
        assertThat(names(main + "-X=main.Version=22.04\n")).containsExactly("github.com/a/b 22.04", "stdlib 1.21.3");
        assertThat(names(main + "\"-X main.goVersion=1.21.3 -X main.apiVersion=1.40.0 -X main.commit=1.2.3\"\n"))
                .containsExactly("github.com/a/b ", "stdlib 1.21.3");
    }

    @Test
    void theStampOfVersionControlIsAVersionAsGoWritesIt() {
        var stamp = "mod\tm\t(devel)\t\nbuild\tvcs=git\nbuild\tvcs.revision=0123456789abcdef0123456789abcdef01234567\n"
                + "build\tvcs.time=2023-01-02T15:04:05Z\nbuild\tvcs.modified=";
        assertThat(names(stamp + "false\n")).containsExactly("m v0.0.0-20230102150405-0123456789ab", "stdlib 1.21.3");
        assertThat(names(stamp + "true\n"))
                .containsExactly("m v0.0.0-20230102150405-0123456789ab+dirty", "stdlib 1.21.3");
    }

    /// Go 1.13 to 1.17: two strings, each an address and a length, in a segment of the program.
    @Test
    void olderToolchainsPointToTheirTexts() {
        for (var wide : List.of(true, false)) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                var modules = "0123456789abcdef" + MODULES + "0123456789abcdef";
                var program = new ElfBytes(wide, order);
                var words = ByteBuffer.allocate(4000).order(order);
                words.put(new byte[] {(byte) 0xff}).put(" Go buildinf:".getBytes(UTF_8));
                words.put((byte) (wide ? 8 : 4)).put((byte) (order == ByteOrder.BIG_ENDIAN ? 1 : 0));
                program.word(words, 0x10000 + 100).word(words, 0x10000 + 200);
                words.position(100);
                program.word(words, 0x10000 + 300).word(words, 8);
                words.position(200);
                program.word(words, 0x10000 + 400).word(words, modules.length());
                words.position(300).put("go1.16.5".getBytes(UTF_8));
                words.position(400).put(modules.getBytes(UTF_8));

                var bytes = program.segment(0x10000, true, words.array()).bytes();
                assertThat(Analyzed.by(analyzer, "b", bytes).names())
                        .as("%s %s", wide, order)
                        .containsExactly("github.com/a/b v1.2.3", "golang.org/x/text v0.3.7", "stdlib 1.16.5");
            }
        }
    }
}
