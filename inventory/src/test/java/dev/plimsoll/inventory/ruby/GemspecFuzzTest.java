package dev.plimsoll.inventory.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class GemspecFuzzTest {

    @FuzzTest
    void anyBytesGiveOnePackageOrOneUnknown(byte[] bytes) {
        var analyzed = Analyzed.by(new GemspecAnalyzer(), "specifications/a.gemspec", bytes);

        assertThat(analyzed.packages().size() + analyzed.unknowns().size()).isEqualTo(1);
    }
}
