package dev.plimsoll.inventory.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SpdxTagValueFuzzTest {

    @FuzzTest
    void anyTextIsAnInventoryOrARefusalOfOneLine(byte[] bytes) {
        Fuzzed.read(SpdxTagValue::read, bytes);
    }
}
