package dev.plimsoll.inventory.haskell;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class HaskellFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new GhcPackageAnalyzer(), "package.db/a.conf", bytes));
        Sanity.check(Analyzed.by(new CabalFreezeAnalyzer(), "cabal.project.freeze", bytes));
        Sanity.check(Analyzed.by(new StackLockAnalyzer(), "stack.yaml.lock", bytes));
    }
}
