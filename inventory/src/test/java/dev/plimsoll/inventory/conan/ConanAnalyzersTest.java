package dev.plimsoll.inventory.conan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConanAnalyzersTest {

    @Test
    void readsBothVersionsOfLockFiles() {
        var analyzed = Analyzed.by(new ConanLockAnalyzer(), "conan.lock", """
                {"version": "0.5",
                 "requires": ["zlib/1.2.13#13c9%1692.1", "own/1.0@me/stable"],
                 "build_requires": ["cmake/3.26.4#00"], "python_requires": []}
                """);
        assertThat(analyzed.names()).containsExactly("zlib 1.2.13", "own 1.0", "cmake 3.26.4");
        assertThat(analyzed.packages().get(0).qualifiers()).containsExactlyEntriesOf(Map.of("rrev", "13c9"));
        assertThat(analyzed.packages().get(1).qualifiers())
                .containsEntry("user", "me")
                .containsEntry("channel", "stable");
        assertThat(analyzed.packages().get(2).properties()).containsEntry(PackageProperty.SCOPE, "development");

        var graph = Analyzed.by(new ConanLockAnalyzer(), "conan.lock", """
                {"graph_lock": {"nodes": {
                   "0": {"ref": "app/None", "requires": ["1"]},
                   "1": {"ref": "libpng/1.6.39#7f1c", "requires": ["2"]},
                   "2": {"ref": "zlib/1.2.13#0"}}, "revisions_enabled": true}, "version": "0.4"}
                """);
        assertThat(graph.names()).containsExactly("libpng 1.6.39", "zlib 1.2.13");
        assertThat(graph.packages().getFirst().dependencies()).containsExactly("zlib@1.2.13");
        assertThat(Analyzed.by(new ConanLockAnalyzer(), "conan.lock", "{\"requires\": [\"x\"]}")
                        .unknowns())
                .containsExactly("requires: an entry that is no reference");
    }

    @Test
    void thePathNamesABinaryOfTheCache() {
        var analyzed = Analyzed.by(
                new ConanTextAnalyzer(), "root/.conan/data/libpng/1.6.39/_/_/package/00ff/conaninfo.txt", """
                [settings]
                    os=Linux
                [requires]
                    zlib/1.Y.Z
                [full_requires]
                    zlib/1.2.13:00ff
                """);

        assertThat(analyzed.names()).containsExactly("libpng 1.6.39", "zlib 1.2.13");
        assertThat(analyzed.packages().get(0).evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(analyzed.packages().get(0).dependencies()).containsExactly("zlib@1.2.13");
        assertThat(analyzed.packages().get(1).evidence()).isEqualTo(Evidence.DECLARED);
    }

    @Test
    void readsWhatAConanfileFixes() {
        var analyzed = Analyzed.by(new ConanTextAnalyzer(), "conanfile.txt", """
                # comment
                [requires]
                zlib/1.2.13 # why
                fmt/[>=8 <10]
                [tool_requires]
                cmake/3.26.4
                [generators]
                CMakeDeps
                """);

        assertThat(analyzed.names()).containsExactly("zlib 1.2.13", "cmake 3.26.4");
    }
}
