package dev.plimsoll.inventory.github;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class WorkflowFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new WorkflowAnalyzer(), ".github/workflows/a.yml", bytes));
    }
}
