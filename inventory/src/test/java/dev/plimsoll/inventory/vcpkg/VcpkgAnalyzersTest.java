package dev.plimsoll.inventory.vcpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VcpkgAnalyzersTest {

    @Test
    void readsAManifest() {
        var analyzed = Analyzed.by(new VcpkgManifestAnalyzer(), "src/vcpkg.json", """
                {"name": "app", "version-string": "1.0", "license": "MIT",
                 "dependencies": ["zlib", {"name": "curl", "features": ["ssl"]}],
                 "overrides": [{"name": "zlib", "version": "1.2.13", "port-version": 2}, {"name": "fmt", "version": "10.0.0#1"}]}
                """);

        assertThat(analyzed.names()).containsExactly("app 1.0", "zlib 1.2.13", "fmt 10.0.0");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("zlib", "curl");
        assertThat(analyzed.packages().get(1).qualifiers()).containsExactlyEntriesOf(Map.of("port_version", "2"));
        assertThat(analyzed.packages().get(2).qualifiers()).containsExactlyEntriesOf(Map.of("port_version", "1"));
        assertThat(Analyzed.by(
                                new VcpkgManifestAnalyzer(),
                                "vcpkg/ports/zlib/vcpkg.json",
                                "{\"name\":\"zlib\",\"version\":\"1\"}")
                        .facts())
                .isEmpty();
    }

    @Test
    void readsTheStatus() {
        var analyzed = Analyzed.by(new VcpkgStatusAnalyzer(), "opt/vcpkg/installed/vcpkg/status", """
                Package: zlib
                Version: 1.3.1
                Port-Version: 1
                Architecture: x64-linux
                Multi-Arch: same
                Description: A compression library
                Status: install ok installed

                Package: curl
                Version: 8.5.0
                Depends: openssl:x64-linux, zlib
                Architecture: x64-linux
                Status: install ok installed

                Package: curl
                Feature: ssl
                Architecture: x64-linux
                Status: install ok installed

                Package: gone
                Version: 1
                Architecture: x64-linux
                Status: purge ok not-installed

                Package: broken
                Status: install ok installed
                """);

        assertThat(analyzed.names()).containsExactly("zlib 1.3.1", "curl 8.5.0");
        assertThat(analyzed.packages().get(0).qualifiers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("port_version", "1", "triplet", "x64-linux"));
        assertThat(analyzed.packages().get(1).dependencies()).containsExactly("openssl", "zlib");
        assertThat(analyzed.unknowns()).containsExactly("a port without name or version");
    }

    @Test
    void readsTheDocumentOfAPort() {
        var analyzed = Analyzed.by(new VcpkgPortAnalyzer(), "installed/x64-linux/share/zlib/vcpkg.spdx.json", """
                {"spdxVersion": "SPDX-2.2", "packages": [
                  {"name": "zlib", "SPDXID": "SPDXRef-port", "versionInfo": "1.3.1#1", "licenseConcluded": "Zlib"},
                  {"name": "zlib:x64-linux", "SPDXID": "SPDXRef-binary", "versionInfo": "00ff"},
                  {"name": "madler/zlib", "SPDXID": "SPDXRef-resource-1"}]}
                """);

        assertThat(analyzed.names()).containsExactly("zlib 1.3.1");
        assertThat(analyzed.licenses()).containsExactly("Zlib");
        assertThat(analyzed.packages().getFirst().qualifiers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("port_version", "1", "triplet", "x64-linux"));
        assertThat(Analyzed.by(new VcpkgPortAnalyzer(), "share/zlib/vcpkg.spdx.json", "{}")
                        .unknowns())
                .containsExactly("the document of a port names no port");
    }
}
