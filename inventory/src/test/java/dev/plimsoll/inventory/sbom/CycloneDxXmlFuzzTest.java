package dev.plimsoll.inventory.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;

class CycloneDxXmlFuzzTest {

    @FuzzTest
    void anyTextIsAnInventoryOrARefusalOfOneLine(byte[] bytes) {
        Fuzzed.read(CycloneDxXml::read, bytes);
    }
}
