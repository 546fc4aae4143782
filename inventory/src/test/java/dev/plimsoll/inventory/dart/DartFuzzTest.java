package dev.plimsoll.inventory.dart;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class DartFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new PubspecLockAnalyzer(), "pubspec.lock", bytes));
        Sanity.check(Analyzed.by(new PubspecAnalyzer(), "pubspec.yaml", bytes));
    }
}
