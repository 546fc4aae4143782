package dev.plimsoll.inventory.julia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class JuliaAnalyzersTest {

    @Test
    void readsBothFormsOfManifests() {
        var second = Analyzed.by(new JuliaManifestAnalyzer(), "Manifest.toml", """
                julia_version = "1.9.0"
                manifest_format = "2.0"

                [[deps.JSON]]
                deps = ["Dates", "Parsers"]
                git-tree-sha1 = "31e9"
                uuid = "682C06A0-de6a-54ab-a142-c8b1cf79cde6"
                version = "0.21.4"

                [[deps.Dates]]
                uuid = "ade2ca70-3891-5945-98fb-dc099432e06a"
                """);
        assertThat(second.names()).containsExactly("JSON 0.21.4");
        assertThat(second.packages().getFirst().qualifiers())
                .containsEntry("uuid", "682c06a0-de6a-54ab-a142-c8b1cf79cde6");
        assertThat(second.packages().getFirst().dependencies()).containsExactly("Dates", "Parsers");

        assertThat(Analyzed.by(new JuliaManifestAnalyzer(), "Manifest.toml", """
                [[JSON]]
                uuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
                version = "0.21.3"
                """)
                        .names())
                .containsExactly("JSON 0.21.3");
        assertThat(Analyzed.by(new JuliaManifestAnalyzer(), "Manifest.toml", "[package]\nname = \"other\"\n")
                        .facts())
                .isEmpty();
        assertThat(Analyzed.by(new JuliaManifestAnalyzer(), "Manifest.toml", "[[JSON]\n")
                        .unknowns())
                .hasSize(1);
        assertThat(new JuliaManifestAnalyzer().wanted().wants("a/Manifest-v1.11.toml", 0644, 1))
                .isTrue();
        assertThat(new JuliaManifestAnalyzer().wanted().wants("a/JuliaManifest.toml", 0644, 1))
                .isTrue();
    }

    @Test
    void readsAPackageOfADepot() {
        var analyzed = Analyzed.by(new JuliaPackageAnalyzer(), "root/.julia/packages/JSON/93Ea8/Project.toml", """
                name = "JSON"
                uuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
                version = "0.21.4"
                [deps]
                Parsers = "69de0a69-1ddd-5017-9359-2bf0b02dc9f0"
                """);

        assertThat(analyzed.names()).containsExactly("JSON 0.21.4");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("Parsers");
    }
}
