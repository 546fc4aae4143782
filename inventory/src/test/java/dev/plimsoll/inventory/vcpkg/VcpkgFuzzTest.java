package dev.plimsoll.inventory.vcpkg;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class VcpkgFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new VcpkgManifestAnalyzer(), "vcpkg.json", bytes));
        Sanity.check(Analyzed.by(new VcpkgStatusAnalyzer(), "installed/vcpkg/status", bytes));
        Sanity.check(Analyzed.by(new VcpkgPortAnalyzer(), "share/a/vcpkg.spdx.json", bytes));
    }
}
