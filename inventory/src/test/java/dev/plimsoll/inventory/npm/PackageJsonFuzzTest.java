package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class PackageJsonFuzzTest {

    @FuzzTest
    void anyBytesGiveAtMostOnePackageOrOneUnknown(byte[] bytes) {
        var analyzed = Analyzed.by(new PackageJsonAnalyzer(), "package.json", bytes);

        assertThat(analyzed.packages().size() + analyzed.unknowns().size()).isLessThanOrEqualTo(1);
    }
}
