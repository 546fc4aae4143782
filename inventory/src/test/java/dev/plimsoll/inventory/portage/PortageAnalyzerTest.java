package dev.plimsoll.inventory.portage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.scan.LayeredImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortageAnalyzerTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "dev-libs/openssl-3.0.9-r1, openssl, 3.0.9-r1",
        "sys-libs/db-5.3.28_p1-r2, db, 5.3.28_p1-r2",
        "dev-lang/python-3.11.4_rc1, python, 3.11.4_rc1",
        "media-libs/font-adobe-100dpi-1.0.4, font-adobe-100dpi, 1.0.4",
        "net-misc/x264-0.0.20220a, x264, 0.0.20220a",
    })
    void theFolderNamesThePackage(String path, String name, String version) {
        assertThat(Analyzed.by(new PortageAnalyzer(), "var/db/pkg/" + path + "/CONTENTS", "dir /usr\n")
                        .names())
                .containsExactly(path.substring(0, path.indexOf('/')) + "/" + name + " " + version);
    }

    @Test
    void filesOfOneFolderMakeOnePackage() {
        var place = "var/db/pkg/dev-libs/openssl-3.0.9-r1/";
        var inventory = LayeredImage.of(LayeredImage.layer()
                        .file("etc/os-release", "ID=gentoo\n")
                        .file(place + "CONTENTS", "dir /usr\nobj /usr/x 0123456789abcdef0123456789abcdef 1\nodd\n")
                        .file(place + "LICENSE", "Apache-2.0 || ( MIT BSD )\n")
                        .file(place + "repository", "gentoo\n"))
                .scan(folder);
        var found = inventory.packages().getFirst();

        assertThat(found.purl().toString()).isEqualTo("pkg:ebuild/dev-libs/openssl@3.0.9-r1?distro=gentoo");
        assertThat(found.name()).isEqualTo("dev-libs/openssl");
        assertThat(found.ownedFiles()).containsExactly("usr", "usr/x");
        assertThat(found.licenses()).containsExactly("Apache-2.0 || ( MIT BSD )");
        assertThat(found.properties()).containsEntry(PackageProperty.ORIGIN, "gentoo");
        assertThat(inventory.unreadDatabases())
                .singleElement()
                .extracting(unknown -> unknown.reason())
                .isEqualTo("not an entry of a package's contents");
    }

    @ParameterizedTest
    @CsvSource({
        "dev-libs/a, dev-libs/a",
        ">=dev-libs/openssl-1.1.1k-r2:0/1.1=[-bindist(-)], dev-libs/openssl:0",
        "dev-lang/python:3.11[ssl], dev-lang/python:3.11",
        "=sys-libs/db-5.3*:=, sys-libs/db",
        "~dev-libs/x-y-2_rc1:*, dev-libs/x-y",
        "media-libs/font-adobe-100dpi, media-libs/font-adobe-100dpi",
        "|| ( a/b >=c/d-1 ), a/b c/d",
        "foo? ( a/b ) !bar? ( c/d ), a/b c/d",
        "!!<a/b-1 !c/d, ''",
        ")( x / a//b /a b/, ''",
    })
    void dependenciesAreNamesWithTheirSlots(String specification, String names) {
        assertThat(String.join(" ", DependencyAtoms.names(specification))).isEqualTo(names);
    }

    @Test
    void aPackageNeedsTheOneOfTheSlotThatItNames() {
        var app = "var/db/pkg/app-misc/app-1/";
        var old = "var/db/pkg/dev-lang/python-3.11.9/";
        var newer = "var/db/pkg/dev-lang/python-3.12.3_p1/";
        var packages = LayeredImage.of(LayeredImage.layer()
                        .file("etc/os-release", "ID=gentoo\n")
                        .file(app + "CONTENTS", "dir /usr\n")
                        .file(app + "RDEPEND", ">=dev-lang/python-3.11.8:3.11/3.11= dev-libs/absent\n")
                        .file(old + "CONTENTS", "dir /usr\n")
                        .file(old + "SLOT", "3.11/3.11\n")
                        .file(newer + "SLOT", "3.12\n")
                        .file(newer + "CONTENTS", "dir /usr\n"))
                .scan(folder)
                .packages();

        assertThat(packages.get(0).dependencies())
                .extracting(Object::toString)
                .containsExactly("pkg:ebuild/dev-lang/python@3.11.9?distro=gentoo");
        assertThat(packages.get(1).properties()).containsEntry(PackageProperty.SLOT, "3.11/3.11");
        assertThat(packages.get(2).properties()).containsEntry(PackageProperty.SLOT, "3.12");
    }
}
