package dev.plimsoll.inventory.models;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class ModelFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new GgufAnalyzer(), "a.gguf", bytes));
        Sanity.check(Analyzed.by(new SafetensorsAnalyzer(), "a.safetensors", bytes));
        Sanity.check(Analyzed.by(new HuggingFaceCacheAnalyzer(), "models--a--b/refs/main", bytes));
    }
}
