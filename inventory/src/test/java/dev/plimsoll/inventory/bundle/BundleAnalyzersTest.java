package dev.plimsoll.inventory.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleAnalyzersTest {

    @Test
    void componentsOfBitnamiArePackages() {
        var found = Analyzed.by(new BitnamiAnalyzer(), "opt/bitnami/.bitnami_components.json", """
                {"php":{"arch":"amd64","distro":"debian-12","type":"NAMI","version":"8.2.12-0"},"odd":{}}
                """);

        assertThat(found.names()).containsExactly("php 8.2.12-0");
        assertThat(found.packages().getFirst().qualifiers()).isEqualTo(Map.of("arch", "amd64", "distro", "debian-12"));
        assertThat(found.unknowns()).containsExactly("odd: a component without name or version");
    }

    @Test
    void documentsOfBitnamiAreReadWithoutTheDistributionsPackages() {
        var found = Analyzed.by(new BitnamiAnalyzer(), "opt/bitnami/php/.spdx-php.spdx", """
                {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"php","packages":[
                 {"SPDXID":"SPDXRef-php","name":"php","versionInfo":"8.2.12-0","licenseDeclared":"PHP-3.01",
                  "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",
                    "referenceLocator":"pkg:bitnami/php@8.2.12-0?arch=amd64&distro=debian-12"}]},
                 {"SPDXID":"SPDXRef-c","name":"libc6","versionInfo":"1",
                  "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",
                    "referenceLocator":"pkg:deb/debian/libc6@1"}]}]}
                """);

        assertThat(found.names()).containsExactly("php 8.2.12-0");
        assertThat(found.licenses()).containsExactly("PHP-3.01");
        assertThat(found.packages().getFirst().type()).isEqualTo(PackageType.BITNAMI);
    }

    @Test
    void theInventoryOfBottlerocketIsPackages() {
        var found = Analyzed.by(new BottlerocketAnalyzer(), PackageDatabases.BOTTLEROCKET, """
                {"Content":[{"Name":"glibc","Publisher":"Bottlerocket","Architecture":"x86_64","Version":"2.38",
                  "Release":"1.17","Epoch":"1"},{"Name":"odd"}]}
                """);

        assertThat(found.names()).containsExactly("glibc 1:2.38-1.17");
        assertThat(found.packages().getFirst().properties()).isEqualTo(Map.of(PackageProperty.VENDOR, "Bottlerocket"));
        assertThat(found.unknowns()).containsExactly("item 1: a package without name or version");
    }

    @Test
    void receiptsAndFormulasOfHomebrewMakeAPackage() {
        var cellar = "home/linuxbrew/.linuxbrew/Cellar/openssl@3/3.1.4_1/";
        var found = Analyzed.by(new HomebrewAnalyzer(), cellar + "INSTALL_RECEIPT.json", """
                {"installed_on_request":false,"source":{"tap":"homebrew/core"},
                 "runtime_dependencies":[{"full_name":"ca-certificates","version":"2023"}]}
                """)
                .packages()
                .getFirst();

        assertThat(found.name() + " " + found.version()).isEqualTo("openssl@3 3.1.4_1");
        assertThat(found.dependencies()).containsExactly("ca-certificates");
        assertThat(found.properties())
                .isEqualTo(
                        Map.of(PackageProperty.INSTALL_REASON, "dependency", PackageProperty.ORIGIN, "homebrew/core"));
        assertThat(Analyzed.by(new HomebrewAnalyzer(), cellar + ".brew/openssl@3.rb", """
                        class OpensslAT3 < Formula
                          desc "Cryptography"
                          homepage "https://openssl.org/"
                          license "Apache-2.0"
                          url "https://example.org/#{version}"
                        """)
                        .facts())
                .containsExactlyInAnyOrder(
                        new Fact.Licenses(PackageType.HOMEBREW, found.key(), List.of("Apache-2.0")),
                        new Fact.Properties(
                                PackageType.HOMEBREW,
                                found.key(),
                                Map.of(
                                        PackageProperty.HOMEPAGE,
                                        "https://openssl.org/",
                                        PackageProperty.SUMMARY,
                                        "Cryptography")));
    }

    @Test
    void snapsAndWhatTheyWereStagedFromArePackages() throws IOException {
        var snap = new SnapAnalyzer();

        assertThat(Analyzed.by(snap, "meta/snap.yaml", "name: hello\nversion: 2.10\nsummary: Hi\n")
                        .names())
                .containsExactly("hello 2.10");
        assertThat(Analyzed.by(snap, "snap/manifest.yaml", """
                        name: hello
                        version: '2.10'
                        primed-stage-packages:
                        - libc6=2.35-0ubuntu3
                        parts:
                          a:
                            stage-packages:
                            - libc6=2.35-0ubuntu3
                            - zlib1g:amd64=1:1.2.11
                            - unversioned
                        """).names())
                .containsExactly("hello 2.10", "libc6 2.35-0ubuntu3", "zlib1g 1:1.2.11");
        assertThat(Analyzed.by(snap, PackageDatabases.SNAPPY, "packages:\n- adduser=3.118ubuntu2\n")
                        .names())
                .containsExactly("adduser 3.118ubuntu2");
        var log = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(log)) {
            gzip.write("linux (5.4.0-195.215) focal; urgency=medium\n\n".getBytes(StandardCharsets.UTF_8));
        }
        var kernel = Analyzed.by(snap, "doc/linux-modules-5.4.0-195-generic/changelog.Debian.gz", log.toByteArray());
        assertThat(kernel.names()).containsExactly("linux-modules-5.4.0-195-generic 5.4.0-195.215");
        assertThat(kernel.packages().getFirst().qualifiers()).isEqualTo(Map.of("upstream", "linux"));
    }

    /// A list of packages that cannot be read must not look like none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "opt/bitnami/.bitnami_components.json",
                "opt/bitnami/php/.spdx-php.spdx",
                PackageDatabases.BOTTLEROCKET,
                PackageDatabases.SNAPPY
            })
    void brokenListsAreUnknown(String path) {
        var analyzer = List.of(new BitnamiAnalyzer(), new BottlerocketAnalyzer(), new SnapAnalyzer()).stream()
                .filter(candidate -> candidate.wanted().wants(path, 0644, 9))
                .findFirst()
                .orElseThrow();

        assertThat(Analyzed.by(analyzer, path, "{ broken").unknowns()).isNotEmpty();
        assertThat(PackageDatabases.typeOf(path)).isPresent();
    }
}
