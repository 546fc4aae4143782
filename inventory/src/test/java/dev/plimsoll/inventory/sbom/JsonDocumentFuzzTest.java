package dev.plimsoll.inventory.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;

class JsonDocumentFuzzTest {

    @FuzzTest
    void anyTextIsAnInventoryOrARefusalOfOneLine(byte[] bytes) {
        Fuzzed.read(JsonDocument::read, bytes);
    }
}
