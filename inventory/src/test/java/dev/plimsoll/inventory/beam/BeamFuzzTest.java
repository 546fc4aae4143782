package dev.plimsoll.inventory.beam;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class BeamFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new OtpApplicationAnalyzer(), "ebin/a.app", bytes));
        Sanity.check(Analyzed.by(new HexMetadataAnalyzer(), "hex_metadata.config", bytes));
        Sanity.check(Analyzed.by(new RebarLockAnalyzer(), "rebar.lock", bytes));
        Sanity.check(Analyzed.by(new MixLockAnalyzer(), "mix.lock", bytes));
    }
}
