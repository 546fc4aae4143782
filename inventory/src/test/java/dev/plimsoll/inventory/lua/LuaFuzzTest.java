package dev.plimsoll.inventory.lua;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class LuaFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new RockspecAnalyzer(), "a.rockspec", bytes));
        Sanity.check(Analyzed.by(new RocksManifestAnalyzer(), "rocks/manifest", bytes));
    }
}
