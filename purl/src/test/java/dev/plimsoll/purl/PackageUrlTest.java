package dev.plimsoll.purl;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
                "pkg:rpm/redhat/perl-libs@5.32.1-481.el9?arch=x86_64&epoch=4&upstream=perl-5.32.1-481.el9.src.rpm",
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "pkg:npm/%40babel/core@7.0.0",
                "pkg:golang/github.com/a/b@v1.2.3",
                "pkg:gem/rails@7.0.4",
                "pkg:deb/debian/g%2B%2B-12@12.2.0-14%2Bdeb12u1?distro=debian-12"
            })
    void agreesWithTheReferenceLibrary(String text) throws MalformedPackageURLException {
        var theirs = new PackageURL(text);
        var ours = PackageUrl.parse(text).orElseThrow();

        assertThat(PackageUrl.parse(theirs.canonicalize())).isEqualTo(Optional.of(ours));
        assertThat(new PackageURL(ours.toString()).canonicalize()).isEqualTo(theirs.canonicalize());
        assertThat(ours.name()).isEqualTo(theirs.getName());
        assertThat(ours.namespace())
                .isEqualTo(Optional.ofNullable(theirs.getNamespace()).orElse(""));
        assertThat(ours.version()).isEqualTo(theirs.getVersion());
        assertThat(ours.qualifiers())
                .isEqualTo(Optional.ofNullable(theirs.getQualifiers()).orElse(new TreeMap<>()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pkg:", "pkg:deb", "pkg:deb/", "npm/x@1", "https://example.org"})
    void isNoPackageUrl(String text) {
        assertThat(PackageUrl.parse(text)).isEmpty();
    }

    @Test
    void foldsPythonNames() {
        assertThat(PackageUrl.of(PackageType.PYPI, "", "Zope_Interface", "1", Map.of()))
                .hasToString("pkg:pypi/zope-interface@1");
    }

    @ParameterizedTest
    @CsvSource({
        "debian,12,,debian:12",
        "debian,'',trixie,debian:13",
        "alpine,3.18.4,,alpine:3.18",
        "alpine,3.22_alpha20250108,,alpine:edge",
        "ubuntu,22.04,jammy,ubuntu:22.04",
        "almalinux,8.9,,almalinux:8",
        "rhel,9.3,,rhel:9",
        "arch,,,arch:rolling",
        "thing,,,thing:unknown"
    })
    void namesTheReleaseAsAdvisoriesDo(String id, String versionId, String codename, String expected) {
        var distribution = new Distribution(
                id,
                Optional.ofNullable(versionId).orElse(""),
                Optional.ofNullable(codename).orElse(""),
                java.util.List.of(),
                "");

        assertThat(distribution.release()).hasToString(expected);
        assertThat(Ecosystem.parse(expected)).contains(Ecosystem.of(distribution.release()));
    }

    @ParameterizedTest
    @CsvSource({"npm,npm", "pypi,pypi"})
    void readsLanguagesAsEcosystems(String text, String expected) {
        assertThat(Ecosystem.parse(text).map(Object::toString)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deb", "debian:", ":12", "nonsense", ""})
    void isNoEcosystem(String text) {
        assertThat(Ecosystem.parse(text)).isEmpty();
    }
}
