package dev.plimsoll.inventory.executable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.inventory.program.PeAndMachO;
import org.junit.jupiter.api.Test;

class ExecutableAnalyzerTest {

    private static Analyzed analyzed(byte[] bytes) {
        return Analyzed.by(new ExecutableAnalyzer(), "opt/x", bytes);
    }

    @Test
    void programsAreSaidAndLibrariesAreNot() {
        assertThat(analyzed(ElfBytes.elf().bytes()).facts()).containsExactly(new Fact.Executable("ELF"));
        assertThat(analyzed(PeAndMachO.pe("x", new byte[9], 0, 0)).facts()).containsExactly(new Fact.Executable("PE"));
        assertThat(analyzed(PeAndMachO.machO("x", new byte[9])).facts()).containsExactly(new Fact.Executable("Mach-O"));
        assertThat(analyzed(ElfBytes.elf().type(3).bytes()).facts()).isEmpty();
        assertThat(analyzed("#!/bin/sh\n# a script\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .facts())
                .isEmpty();
    }
}
