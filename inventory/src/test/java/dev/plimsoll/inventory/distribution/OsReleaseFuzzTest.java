package dev.plimsoll.inventory.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.DistributionFound;

class OsReleaseFuzzTest {

    @FuzzTest
    void anyFileGivesADistributionWithAReleaseOrSomethingUnknown(byte[] bytes) {
        for (var path : OsReleaseAnalyzer.PATHS) {
            var analyzed = Analyzed.by(new OsReleaseAnalyzer(), path, bytes);

            assertThat(analyzed.facts().size() + analyzed.unknowns().size()).isEqualTo(1);
            assertThat(analyzed.all(DistributionFound.class))
                    .allMatch(found -> !found.distribution().release().release().isEmpty());
        }
    }
}
