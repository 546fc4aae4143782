package dev.plimsoll.inventory.swift;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class SwiftFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new PackageResolvedAnalyzer(), "Package.resolved", bytes));
        Sanity.check(Analyzed.by(new PodfileLockAnalyzer(), "Podfile.lock", bytes));
    }
}
