package dev.plimsoll.inventory.rlang;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class RFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new DescriptionAnalyzer(), "site-library/a/DESCRIPTION", bytes));
    }
}
