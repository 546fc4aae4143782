package dev.plimsoll.inventory.apk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class ApkFuzzTest {

    @FuzzTest
    void anyDatabaseGivesPackagesAndUnknownsOnly(byte[] bytes) {
        assertThat(Analyzed.by(new ApkDatabaseAnalyzer(), "lib/apk/db/installed", bytes)
                        .packages())
                .allMatch(found -> !found.name().isEmpty() && !found.version().isEmpty());
    }
}
