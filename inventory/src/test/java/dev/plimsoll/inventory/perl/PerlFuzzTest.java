package dev.plimsoll.inventory.perl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class PerlFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new InstallJsonAnalyzer(), ".meta/a/install.json", bytes));
        Sanity.check(Analyzed.by(new CpanMetadataAnalyzer(), "META.json", bytes));
        Sanity.check(Analyzed.by(new PerlLocalAnalyzer(), "perllocal.pod", bytes));
    }
}
