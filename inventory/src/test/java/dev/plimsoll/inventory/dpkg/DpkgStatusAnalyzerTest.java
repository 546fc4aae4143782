package dev.plimsoll.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DpkgStatusAnalyzerTest {

    private static final String LIBSSL = """
            Package: libssl3
            Status: install ok installed
            Priority: optional
            Section: libs
            Installed-Size: 6022
            Maintainer: Some Body <some.body@example.org>
            Architecture: amd64
            Multi-Arch: same
            Source: openssl
            Version: 3.0.11-1~deb12u1
            Depends: libc6 (>= 2.34)
            Description: Secure Sockets Layer toolkit - shared libraries
             This package is part of the OpenSSL project's implementation.
             .
             Package: not-a-field

            """;

    private final DpkgStatusAnalyzer analyzer = new DpkgStatusAnalyzer();

    private Analyzed analyze(String text) {
        return Analyzed.by(analyzer, PackageDatabases.DPKG_STATUS, text);
    }

    private static String installed(String name, String more) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: 1-1\n" + more + "\n";
    }

    @Test
    void readsAWholeRecord() {
        var analyzed = analyze(LIBSSL);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.facts())
                .containsExactly(new PackageFound(
                        PackageType.DEB,
                        "",
                        "libssl3",
                        "3.0.11-1~deb12u1",
                        Optional.of(new SourcePackage("openssl", "3.0.11-1~deb12u1")),
                        "amd64",
                        "",
                        Evidence.INSTALLED,
                        "libssl3:amd64",
                        Map.of("arch", "amd64", "upstream", "openssl"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("libc6"),
                        Map.of(
                                PackageProperty.MAINTAINER,
                                "Some Body <some.body@example.org>",
                                PackageProperty.SUMMARY,
                                "Secure Sockets Layer toolkit - shared libraries"),
                        ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'',a,1-1,",
        "Source: a,a,1-1,",
        "Source: b,b,1-1,b",
        "Source: b (2:2.0-1),b,2:2.0-1,b@2:2.0-1",
        "Source: a (2.0),a,2.0,a@2.0",
        "Source: b (1-1),b,1-1,b",
        "Source: b (2.0,b,1-1,b",
        "source:   b  ,b,1-1,b"
    })
    void readsTheSourcePackage(String field, String name, String version, String upstream) {
        var found = analyze(installed("a", field.isEmpty() ? "" : field + "\n"))
                .packages()
                .getFirst();

        assertThat(found.source()).contains(new SourcePackage(name, version));
        assertThat(Optional.ofNullable(found.qualifiers().get("upstream"))).isEqualTo(Optional.ofNullable(upstream));
    }

    @Test
    void namesWhatAPackageNeedsAndAnswersTo() {
        var found = analyze(installed(
                        "a",
                        "Depends: libc6 (>= 2.34), perl:any, default-mta | mail-transport-agent,\n c\n"
                                + "Pre-Depends: dpkg (>= 1.15), libc6 (>= 2)\nProvides: awk, mawk (= 1.3)\n"
                                + "Origin: Here\nHomepage: https://example.org/\n"))
                .packages()
                .getFirst();

        assertThat(found.dependencies())
                .containsExactly("dpkg", "libc6", "perl", "default-mta", "mail-transport-agent");
        assertThat(found.properties())
                .containsOnly(
                        Map.entry(PackageProperty.PROVIDES, "awk mawk"),
                        Map.entry(PackageProperty.ORIGIN, "Here"),
                        Map.entry(PackageProperty.HOMEPAGE, "https://example.org/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "installed",
                "unpacked",
                "half-configured",
                "half-installed",
                "triggers-awaited",
                "triggers-pending"
            })
    void countsWhatHasItsFilesThere(String state) {
        assertThat(analyze("Package: a\nStatus: hold reinstreq " + state + "\nVersion: 1\n")
                        .names())
                .containsExactly("a 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Status: deinstall ok config-files\n",
                "Status: purge ok not-installed\n",
                "Status: install ok nonsense\n",
                "Status:\n",
                ""
            })
    void doesNotCountWhatIsNotThere(String status) {
        var analyzed = analyze("Package: a\n" + status + "Version: 1\n\n" + LIBSSL);

        assertThat(analyzed.names()).containsExactly("libssl3 3.0.11-1~deb12u1");
        assertThat(analyzed.unknowns()).isEmpty();
    }

    /// Images without dpkg have one file a package, which may lack the field.
    @Test
    void inAFolderOfRecordsEachIsInstalled() {
        var path = PackageDatabases.DPKG_STATUS_FOLDER + "base";

        assertThat(Analyzed.by(analyzer, path, "Package: base-files\nVersion: 12.4\nArchitecture: amd64\n")
                        .names())
                .containsExactly("base-files 12.4");
    }

    @Test
    void onlyWhatMayStandBesideItsKindHasTheArchitectureInItsKey() {
        assertThat(analyze(installed("a", "Architecture: amd64\nMulti-Arch: foreign\n"))
                        .packages()
                        .getFirst()
                        .key())
                .isEqualTo("a");
        assertThat(analyze(installed("a", "Architecture: i386\nMulti-Arch: same\n"))
                        .packages()
                        .getFirst()
                        .key())
                .isEqualTo("a:i386");
    }

    @Test
    void theLastRecordMayLackItsEmptyLineAndLinesMayEndAsWindowsDoes() {
        assertThat(analyze(installed("a", "") + LIBSSL.strip()).names())
                .containsExactly("a 1-1", "libssl3 3.0.11-1~deb12u1");
        assertThat(analyze(installed("a", "").replace("\n", "\r\n") + installed("b", ""))
                        .names())
                .containsExactly("a 1-1", "b 1-1");
    }

    @Test
    void keepsThePackagesAroundABrokenLine() {
        var analyzed = analyze(installed("a", "no colon\n") + installed("b", ": no name\n") + installed("c", ""));

        assertThat(analyzed.names()).containsExactly("a 1-1", "b 1-1", "c 1-1");
        assertThat(analyzed.unknowns())
                .containsExactly(
                        "line 4: not a field of a package's record", "line 9: not a field of a package's record");
    }

    @Test
    void saysOfARecordThatNamesNoPackageOrVersion() {
        var analyzed = analyze("Status: install ok installed\nVersion: 1\n\n"
                + "Package: a\nStatus: install ok installed\n\n"
                + "Package: b\nStatus: install ok installed\nVersion: 1 2\n\n" + LIBSSL);

        assertThat(analyzed.names()).containsExactly("libssl3 3.0.11-1~deb12u1");
        assertThat(analyzed.unknowns())
                .containsExactly(
                        "line 1: a record without a package",
                        "line 4: package a has no version",
                        "line 7: package b has no version");
    }

    @Test
    void readsALineAtTheLimitAndPassesOverALongerOne() {
        var most = "Depends: " + "x".repeat(ControlRecords.MAX_LINE - "Depends: ".length());

        assertThat(analyze(installed("a", most + "\n")).unknowns()).isEmpty();
        var analyzed = analyze(installed("a", most + "x\n"));
        assertThat(analyzed.names()).containsExactly("a 1-1");
        assertThat(analyzed.unknowns()).containsExactly("line 4: line over 1048576 bytes");
    }

    @Test
    void readsAsManyPackagesAsTheLimitAndNoMore() throws IOException {
        assertThat(many(DpkgStatusAnalyzer.MAX_PACKAGES).unknowns()).isEmpty();

        var more = many(DpkgStatusAnalyzer.MAX_PACKAGES + 1);
        assertThat(more.packages()).hasSize(DpkgStatusAnalyzer.MAX_PACKAGES);
        assertThat(more.unknowns()).containsExactly("over 200000 packages; the rest was not read");
    }

    private Analyzed many(int packages) throws IOException {
        var chunk = installed("a", "").repeat(packages % 1000 == 0 ? 1000 : 1).getBytes(StandardCharsets.UTF_8);
        var chunks = Collections.nCopies(packages % 1000 == 0 ? packages / 1000 : packages, chunk).stream()
                .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                .toList();
        return Analyzed.by(
                analyzer, PackageDatabases.DPKG_STATUS, 0, new SequenceInputStream(Collections.enumeration(chunks)));
    }

    @Test
    void wantsTheDatabaseAlone() {
        assertThat(List.of("var/lib/dpkg/status", "var/lib/dpkg/status.d/base-files"))
                .allMatch(path -> analyzer.wanted().wants(path, 0644, 1));
        assertThat(List.of(
                        "var/lib/dpkg/status-old",
                        "srv/var/lib/dpkg/status",
                        "var/lib/dpkg/status.d/base-files.md5sums",
                        "var/lib/dpkg/status.d/base-files.list",
                        "var/lib/dpkg/available"))
                .noneMatch(path -> analyzer.wanted().wants(path, 0644, 1));
    }
}
