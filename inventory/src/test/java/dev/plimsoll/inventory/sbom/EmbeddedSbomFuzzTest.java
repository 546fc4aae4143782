package dev.plimsoll.inventory.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class EmbeddedSbomFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new EmbeddedSbomAnalyzer(), "a.cdx.json", bytes));
    }
}
