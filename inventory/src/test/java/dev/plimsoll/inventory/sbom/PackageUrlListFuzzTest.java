package dev.plimsoll.inventory.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;

class PackageUrlListFuzzTest {

    @FuzzTest
    void anyTextIsAnInventoryOrARefusalOfOneLine(byte[] bytes) {
        Fuzzed.read(PackageUrlList::read, bytes);
    }
}
