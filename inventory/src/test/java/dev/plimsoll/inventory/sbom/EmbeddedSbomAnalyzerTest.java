package dev.plimsoll.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class EmbeddedSbomAnalyzerTest {

    private static final String CYCLONEDX = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
              {"type": "library", "name": "lodash", "version": "4.17.21", "purl": "pkg:npm/lodash@4.17.21",
               "licenses": [{"license": {"id": "MIT"}}]},
              {"type": "library", "group": "@a", "name": "b", "version": "1", "purl": "pkg:npm/%40a/b@1"}]}
            """;

    @Test
    void whatADocumentListsIsDeclared() {
        for (var path : new String[] {"bom.json", "opt/app/sbom.json", "usr/share/a.cdx.json", "x/app.bom.json"}) {
            assertThat(new EmbeddedSbomAnalyzer().wanted().wants(path, 0644, 1))
                    .as(path)
                    .isTrue();
        }
        var analyzed = Analyzed.by(new EmbeddedSbomAnalyzer(), "app/bom.json", CYCLONEDX);

        assertThat(analyzed.names()).containsExactlyInAnyOrder("lodash 4.17.21", "@a/b 1");
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
    }

    @Test
    void onlyANameOfTheFormatMakesAnUnknown() {
        assertThat(Analyzed.by(new EmbeddedSbomAnalyzer(), "mesh/bom.json", "{\"parts\": []}")
                        .unknowns())
                .isEmpty();
        assertThat(Analyzed.by(new EmbeddedSbomAnalyzer(), "a.cdx.json", "{\"parts\": []}")
                        .unknowns())
                .hasSize(1);
        assertThat(new EmbeddedSbomAnalyzer().wanted().wants("x/share/zlib/vcpkg.spdx.json", 0644, 1))
                .isFalse();
    }
}
