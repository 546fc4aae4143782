package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class PythonMetadataFuzzTest {

    @FuzzTest
    void anyBytesGiveOnePackageOrSomethingUnknown(byte[] bytes) {
        var analyzed = Analyzed.by(new PythonMetadataAnalyzer(), "a.dist-info/METADATA", bytes);

        assertThat(analyzed.packages()).hasSizeLessThanOrEqualTo(1);
        assertThat(analyzed.packages().isEmpty() && analyzed.unknowns().isEmpty())
                .isFalse();
    }
}
