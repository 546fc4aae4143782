package dev.plimsoll.inventory.golang;

import static dev.plimsoll.inventory.golang.FunctionTableBytes.GO_1_16;
import static dev.plimsoll.inventory.golang.FunctionTableBytes.GO_1_18;
import static dev.plimsoll.inventory.golang.FunctionTableBytes.GO_1_2;
import static dev.plimsoll.inventory.golang.FunctionTableBytes.GO_1_20;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.inventory.program.PeAndMachO;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FunctionTableTest {

    private static final String MODULES = "path\ta.b/c/cmd/x\nmod\ta.b/c\tv1.2.3\th1:x=\ndep\ta.b/c/v2\tv2.0.0\th1:x=\n"
            + "dep\told.org/m\tv1.0.0\n=>\tnew.org/n\tv1.1.0\th1:y=\nbuild\tGOARCH=amd64\nbuild\tGOOS=linux\n";

    private static final String[] NAMES = {
        "",
        "runtime.main",
        "main.main",
        "a.b/c.F",
        "a.b/c/v2.G",
        "a.b/c/v2/in.(*T).M",
        "old.org/m/p.H",
        "net/http.Get",
        "unknown.org/z.F"
    };

    private static List<String> names(byte[] program) throws IOException, FunctionTable.UnreadableException {
        var found = new ArrayList<String>();
        FunctionTable.names(
                Program.of(ProgramContent.of(program, program.length)).orElseThrow(),
                (bytes, start, end) -> found.add(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
        return found;
    }

    private static String problem(byte[] program) throws IOException {
        try {
            return "none, but " + names(program);
        } catch (FunctionTable.UnreadableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void everyFormIsRead() throws Exception {
        for (var magic : List.of(GO_1_16, GO_1_18, GO_1_20)) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                for (var pointer : List.of(4, 8)) {
                    var table = FunctionTableBytes.of(magic, order, pointer, "runtime.main", "a.F");
                    assertThat(names(new ElfBytes(pointer == 8, order)
                                    .section(".gopclntab", table)
                                    .bytes()))
                            .containsExactly("runtime.main", "a.F");
                }
            }
        }
    }

    @Test
    void ofTheOldestFormNamesAreWhatTextsThereAre() throws Exception {
        var little = FunctionTableBytes.of(GO_1_2, ByteOrder.LITTLE_ENDIAN, 8, "runtime.main", "\1\2a.F");
        assertThat(names(new ElfBytes(true, ByteOrder.LITTLE_ENDIAN)
                        .section(".gopclntab", little)
                        .bytes()))
                .contains("runtime.main", "a.F");
        var big = FunctionTableBytes.of(GO_1_2, ByteOrder.BIG_ENDIAN, 8, "runtime.main", "a.F");
        assertThat(problem(new ElfBytes(true, ByteOrder.BIG_ENDIAN)
                        .section(".gopclntab", big)
                        .bytes()))
                .isEqualTo("the table of functions has no known form");
    }

    @Test
    void itIsFoundInEveryFormatOfPrograms() throws Exception {
        var table = FunctionTableBytes.of(GO_1_20, ByteOrder.LITTLE_ENDIAN, 8, "runtime.main", "a.F");
        var within = new ByteArrayOutputStream();
        within.writeBytes(new byte[1_048_560]);
        within.writeBytes(table);

        assertThat(names(PeAndMachO.pe(".rdata", within.toByteArray(), 0, 0))).containsExactly("runtime.main", "a.F");
        assertThat(names(PeAndMachO.machO("__gopclntab", table))).containsExactly("runtime.main", "a.F");
        assertThat(names(ElfBytes.elf()
                        .section(".data.rel.ro", within.toByteArray())
                        .bytes()))
                .containsExactly("runtime.main", "a.F");
        assertThat(names(ElfBytes.elf().segment(0, false, within.toByteArray()).bytes()))
                .contains("runtime.main", "a.F");
    }

    @Test
    void ofSeveralTablesAllCount() throws Exception {
        var one = FunctionTableBytes.of(GO_1_20, ByteOrder.LITTLE_ENDIAN, 8, "runtime.main", "a.F");
        var other = FunctionTableBytes.of(GO_1_18, ByteOrder.LITTLE_ENDIAN, 8, "runtime.main", "a.G");
        assertThat(names(ElfBytes.elf()
                        .section(".rdata", one)
                        .section(".rodata", other)
                        .bytes()))
                .containsExactly("runtime.main", "a.F", "runtime.main", "a.G");
    }

    @Test
    void namesThatLieAcrossWindowsAreWhole() throws Exception {
        var names = new String[40_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "example.org/a/package%d.Function%d".formatted(i % 100, i) + "x".repeat(i % 57);
        }
        var table = FunctionTableBytes.of(GO_1_20, ByteOrder.LITTLE_ENDIAN, 8, names);
        assertThat(names(ElfBytes.elf().section(".gopclntab", table).bytes())).containsExactly(names);
    }

    @Test
    void aTableThatIsDamagedIsSaid() throws Exception {
        assertThat(problem(ElfBytes.elf().section(".text", new byte[5000]).bytes()))
                .isEqualTo("there is no table of functions");
        assertThat(problem(ElfBytes.elf().section(".gopclntab", new byte[5000]).bytes()))
                .isEqualTo("the table of functions has no known form");
        var longest = "x".repeat(FunctionTable.MAX_NAME);
        assertThat(names(ElfBytes.elf()
                        .section(".gopclntab", FunctionTableBytes.of(GO_1_20, ByteOrder.LITTLE_ENDIAN, 8, longest))
                        .bytes()))
                .hasSize(1);
        for (var more : List.of(1, 3 << 20)) {
            assertThat(problem(ElfBytes.elf()
                            .section(
                                    ".gopclntab",
                                    FunctionTableBytes.of(
                                            GO_1_20, ByteOrder.LITTLE_ENDIAN, 8, longest + "x".repeat(more)))
                            .bytes()))
                    .isEqualTo("the name of a function is over 65536 bytes");
        }
    }

    @Test
    void functionsStandWithTheirModules() {
        var analyzed = Analyzed.by(new GoBinaryAnalyzer(true), "usr/bin/x", FunctionTableBytes.program(MODULES, NAMES));
        Map<String, GoSymbols> symbols = analyzed.packages().stream()
                .collect(Collectors.toMap(
                        found -> found.namespace() + "/" + found.name(),
                        found -> GoSymbols.parse(found.properties().get(PackageProperty.SYMBOLS))
                                .orElseThrow()));

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(symbols.get("a.b/c").mayHold("cmd/x", "main")).isTrue();
        assertThat(symbols.get("a.b/c").mayHold("", "F")).isTrue();
        assertThat(symbols.get("a.b/c").mayHold("v2", "G")).isFalse();
        assertThat(symbols.get("a.b/c/v2").mayHold("", "G")).isTrue();
        assertThat(symbols.get("a.b/c/v2").mayHold("in", "T.M")).isTrue();
        assertThat(symbols.get("a.b/c/v2").mayHold("in", "")).isTrue();
        assertThat(symbols.get("a.b/c/v2").mayHold("in", "M")).isFalse();
        assertThat(symbols.get("new.org/n").mayHold("p", "H")).isTrue();
        assertThat(symbols.get("/stdlib").mayHold("net/http", "Get")).isTrue();
        assertThat(symbols.get("/stdlib").mayHold("main", "main")).isFalse();
        assertThat(symbols.get("/stdlib").mayHold("unknown.org/z", "F")).isFalse();
        assertThat(symbols.values()).extracting(GoSymbols::platforms).containsOnly(Set.of("linux/amd64"));
        assertThat(symbols.values().stream().mapToInt(GoSymbols::size).sum()).isEqualTo(16 - 2);
    }

    @Test
    void withoutBeingAskedNothingIsSaidOfFunctions() {
        assertThat(Analyzed.by(new GoBinaryAnalyzer(), "usr/bin/x", FunctionTableBytes.program(MODULES, NAMES))
                        .packages())
                .hasSize(4)
                .allSatisfy(found -> assertThat(found.properties()).isEmpty());
    }

    @Test
    void whereFunctionsCannotBeToldThePackagesStand() {
        var analyzed =
                Analyzed.by(new GoBinaryAnalyzer(true), "usr/bin/x", FunctionTableBytes.program(MODULES, "main.main"));

        assertThat(analyzed.packages())
                .hasSize(4)
                .allSatisfy(found -> assertThat(found.properties()).isEmpty());
        assertThat(analyzed.unknowns())
                .containsExactly("which functions the Go program holds cannot be told: the table of functions does not"
                        + " name the runtime's");
    }
}
