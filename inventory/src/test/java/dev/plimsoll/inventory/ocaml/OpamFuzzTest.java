package dev.plimsoll.inventory.ocaml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class OpamFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new OpamAnalyzer(), ".opam-switch/packages/a.1/opam", bytes));
    }
}
