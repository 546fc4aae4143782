package dev.plimsoll.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.Licenses;
import dev.plimsoll.inventory.Fact.OwnedFiles;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DpkgFilesAndLicensesTest {

    private final DpkgOwnedFilesAnalyzer owned = new DpkgOwnedFilesAnalyzer();
    private final DpkgCopyrightAnalyzer copyright = new DpkgCopyrightAnalyzer();

    @Test
    void readsAListOfPaths() {
        var analyzed = Analyzed.by(
                owned, "var/lib/dpkg/info/libssl3:amd64.list", "/.\n/usr\n/usr/lib/a b.so\n\n/usr/share/doc\n");

        assertThat(analyzed.facts())
                .containsExactly(new OwnedFiles(
                        PackageType.DEB, "libssl3:amd64", List.of("usr", "usr/lib/a b.so", "usr/share/doc")));
    }

    @Test
    void readsAListOfDigestsWhereThereIsNoOther() {
        var analyzed = Analyzed.by(
                owned,
                "var/lib/dpkg/status.d/base-files.md5sums",
                "d41d8cd98f00b204e9800998ecf8427e  etc/issue\nshort\nd41d8cd98f00b204e9800998ecf8427e  usr/a  b\n");

        assertThat(analyzed.facts())
                .containsExactly(new OwnedFiles(PackageType.DEB, "base-files", List.of("etc/issue", "usr/a  b")));
    }

    @Test
    void readsAPathAtTheLimitAndPassesOverALongerOne() {
        var most = "/" + "x".repeat(DpkgOwnedFilesAnalyzer.MAX_LINE - 1);

        assertThat(Analyzed.by(owned, "var/lib/dpkg/info/a.list", most).unknowns())
                .isEmpty();
        var analyzed = Analyzed.by(owned, "var/lib/dpkg/info/a.list", most + "x\n/b\n");
        assertThat(analyzed.facts()).containsExactly(new OwnedFiles(PackageType.DEB, "a", List.of("b")));
        assertThat(analyzed.unknowns()).containsExactly("line 1: line over 8192 bytes");
    }

    @Test
    void readsAsManyPathsAsTheLimitAndNoMore() {
        var most = "/a\n".repeat(DpkgOwnedFilesAnalyzer.MAX_PATHS);

        assertThat(Analyzed.by(owned, "var/lib/dpkg/info/a.list", most).unknowns())
                .isEmpty();
        var analyzed = Analyzed.by(owned, "var/lib/dpkg/info/a.list", most + "/b\n");
        assertThat(analyzed.all(OwnedFiles.class).getFirst().paths()).hasSize(DpkgOwnedFilesAnalyzer.MAX_PATHS);
        assertThat(analyzed.unknowns()).containsExactly("over 500000 paths; the rest was not read");
    }

    @Test
    void wantsListsAndTheDigestsOfImagesWithoutDpkg() {
        assertThat(List.of("var/lib/dpkg/info/a.list", "var/lib/dpkg/status.d/a.md5sums"))
                .allMatch(path -> owned.wanted().wants(path, 0644, 1));
        assertThat(List.of("var/lib/dpkg/info/a.md5sums", "srv/var/lib/dpkg/info/a.list", "var/lib/dpkg/status.d/a"))
                .noneMatch(path -> owned.wanted().wants(path, 0644, 1));
    }

    @Test
    void readsTheNamesOfTheMachineReadableForm() {
        assertThat(licenses("""
                Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
                Upstream-Name: zlib

                Files: *
                Copyright: 1995-2013 Somebody
                License: Zlib

                Files: contrib/*
                License: GPL-2+ or Artistic, and BSD-3-clause
                 License: not a field

                License: GPL-2+
                 On Debian systems see /usr/share/common-licenses/GPL-2.
                """)).containsExactly("Artistic", "BSD-3-clause", "GPL-2+", "Zlib");
    }

    @Test
    void proseNamesLicensesByTheFilesItPointsAt() {
        assertThat(licenses("""
                This package was debianized by Somebody.
                You can find it in `/usr/share/common-licenses/LGPL-2.1', and
                the other in /usr/share/common-licenses/GPL-3. Also "/usr/share/common-licenses/Apache-2.0".
                """)).containsExactly("Apache-2.0", "GPL-3", "LGPL-2.1");
    }

    @Test
    void aCopyrightThatNamesNothingGivesNothing() {
        assertThat(Analyzed.by(copyright, "usr/share/doc/a/copyright", "Do what you like.\n")
                        .facts())
                .isEmpty();
    }

    @Test
    void readsUpToItsLimits() {
        var path = "usr/share/doc/a/copyright";
        var filler = "x\n".repeat((DpkgCopyrightAnalyzer.MAX_FILE - "License: a\n".length()) / 2);

        assertThat(Analyzed.by(copyright, path, filler + "License: a\n").facts())
                .containsExactly(new Licenses(PackageType.DEB, "a", List.of("a")));
        assertThat(Analyzed.by(copyright, path, filler + "xx\nLicense: a\n").facts())
                .isEmpty();

        var many = new StringBuilder();
        for (int i = 0; i <= DpkgCopyrightAnalyzer.MAX_NAMES; i++) {
            many.append("License: l").append(i).append('\n');
        }
        assertThat(Analyzed.by(copyright, path, many.toString())
                        .all(Licenses.class)
                        .getFirst()
                        .names())
                .hasSize(DpkgCopyrightAnalyzer.MAX_NAMES);
    }

    @ParameterizedTest
    @CsvSource({
        "usr/share/doc/a/copyright,true",
        "usr/share/doc/a/b/copyright,false",
        "usr/share/doc/copyright,false",
        "srv/usr/share/doc/a/copyright,false",
        "usr/share/doc/a/copyright.gz,false"
    })
    void wantsTheCopyrightOfAPackageAlone(String path, boolean wanted) {
        assertThat(copyright.wanted().wants(path, 0644, 1)).isEqualTo(wanted);
    }

    private List<String> licenses(String text) {
        var facts =
                Analyzed.by(copyright, "usr/share/doc/zlib1g/copyright", text).all(Licenses.class);
        assertThat(facts).hasSize(1);
        assertThat(facts.getFirst().key()).isEqualTo("zlib1g");
        return facts.getFirst().names();
    }
}
