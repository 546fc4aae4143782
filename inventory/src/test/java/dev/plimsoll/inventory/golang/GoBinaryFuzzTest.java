package dev.plimsoll.inventory.golang;

import static dev.plimsoll.inventory.golang.ProgramBytes.elf;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class GoBinaryFuzzTest {

    @FuzzTest
    void anyBlobGivesModulesOrAtMostOneUnknown(byte[] bytes) {
        var program = elf().upTo(64).header(8, 2).bytes(bytes).bytes();

        assertThat(Analyzed.by(new GoBinaryAnalyzer(), "b", program).unknowns()).hasSizeLessThanOrEqualTo(1);
    }
}
