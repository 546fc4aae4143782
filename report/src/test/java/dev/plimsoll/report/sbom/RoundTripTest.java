package dev.plimsoll.report.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.sbom.SbomReader;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read back as it was: packages, image, distribution, and what is not known.
final class RoundTripTest {

    private static final int INVENTORIES = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cyclonedx-json",
                "cyclonedx-json@1.7",
                "cyclonedx-xml",
                "cyclonedx-xml@1.7",
                "spdx-json",
                "spdx-json@3.0",
                "spdx-tag-value",
                "syft-json"
            })
    void readsWhatItWrote(String format) throws Exception {
        for (long seed = 0; seed < INVENTORIES; seed++) {
            var inventory = Samples.result(seed).inventory();

            var read = read(Samples.written(format, Samples.result(seed)));

            var name = format + " of seed " + seed;
            assertThat(read.packages().stream().map(RoundTripTest::facts).toList())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(inventory.packages().stream()
                            .map(RoundTripTest::facts)
                            .toList());
            assertThat(read.distribution()).as(name).isEqualTo(inventory.distribution());
            assertThat(read.image()).as(name).isEqualTo(inventory.image());
            if (!format.startsWith("cyclonedx-xml")) {
                // XML has no room for control characters
                assertThat(read.unknowns()).as(name).isEqualTo(inventory.unknowns());
            }
            assertThat(read.document().orElseThrow().unsaid()).as(name).isEmpty();
            assertThat(read.document().orElseThrow().unidentified()).as(name).isZero();
        }
    }

    /// All but the analyzer, which is the document's.
    private static List<Object> facts(ImagePackage item) {
        return List.of(
                item.purl(),
                item.type(),
                item.name(),
                item.version(),
                item.source(),
                item.architecture(),
                item.modularity(),
                item.evidence(),
                item.locations(),
                item.layer(),
                item.licenses(),
                item.ownedFiles(),
                item.ownedBy(),
                item.cpes(),
                item.dependencies(),
                item.properties());
    }

    /// Written, read and written again, a document says the same of every package.
    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx-json", "spdx-json", "spdx-json@3.0", "syft-json"})
    void theSecondGenerationKnowsWhatTheFirstDidNotKnow(String format) throws Exception {
        var foreign = read("pkg:deb/debian/a@1\npkg:npm/b@2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        var second = read(Samples.written(format, Samples.result(foreign)));

        assertThat(second.document().orElseThrow().unsaid())
                .isEqualTo(foreign.document().orElseThrow().unsaid())
                .isNotEmpty();
        assertThat(second.unknowns()).isEqualTo(foreign.unknowns());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aListOfPackageUrlsKeepsTheUrls(long seed) throws Exception {
        var inventory = Samples.result(seed).inventory();

        var read = read(Samples.written("purls", Samples.result(seed)));

        assertThat(read.packages().stream().map(ImagePackage::purl).distinct().toList())
                .isEqualTo(inventory.packages().stream()
                        .map(ImagePackage::purl)
                        .distinct()
                        .toList());
    }

    private static Inventory read(byte[] document) throws Exception {
        return SbomReader.read(new ByteArrayInputStream(document), "test");
    }
}
