package dev.plimsoll.inventory.julia;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class JuliaFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new JuliaManifestAnalyzer(), "Manifest.toml", bytes));
        Sanity.check(Analyzed.by(new JuliaPackageAnalyzer(), "packages/a/b/Project.toml", bytes));
    }
}
