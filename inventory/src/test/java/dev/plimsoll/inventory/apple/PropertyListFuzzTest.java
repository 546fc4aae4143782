package dev.plimsoll.inventory.apple;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class PropertyListFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new AppBundleAnalyzer(), "A.app/Contents/Info.plist", bytes));
    }
}
