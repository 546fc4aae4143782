package dev.plimsoll.inventory.terraform;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class TerraformFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new TerraformLockAnalyzer(), ".terraform.lock.hcl", bytes));
    }
}
