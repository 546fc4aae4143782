package dev.plimsoll.inventory.conan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class ConanFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new ConanLockAnalyzer(), "conan.lock", bytes));
        Sanity.check(Analyzed.by(new ConanTextAnalyzer(), "conanfile.txt", bytes));
    }
}
