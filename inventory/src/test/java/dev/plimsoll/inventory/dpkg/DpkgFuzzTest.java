package dev.plimsoll.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageDatabases;

class DpkgFuzzTest {

    @FuzzTest
    void anyStatusGivesPackagesAndUnknownsOnly(byte[] bytes) {
        for (var path : new String[] {PackageDatabases.DPKG_STATUS, PackageDatabases.DPKG_STATUS_FOLDER + "a"}) {
            assertThat(Analyzed.by(new DpkgStatusAnalyzer(), path, bytes).packages())
                    .allMatch(
                            found -> !found.name().isEmpty() && !found.version().isEmpty());
        }
    }

    @FuzzTest
    void anyListAndAnyCopyrightGivesFactsAndUnknownsOnly(byte[] bytes) {
        assertThat(Analyzed.by(new DpkgOwnedFilesAnalyzer(), "var/lib/dpkg/info/a.list", bytes)
                        .facts())
                .hasSize(1);
        assertThat(Analyzed.by(new DpkgOwnedFilesAnalyzer(), "var/lib/dpkg/status.d/a.md5sums", bytes)
                        .facts())
                .hasSize(1);
        assertThat(Analyzed.by(new DpkgCopyrightAnalyzer(), "usr/share/doc/a/copyright", bytes)
                        .facts())
                .hasSizeLessThanOrEqualTo(1);
    }
}
