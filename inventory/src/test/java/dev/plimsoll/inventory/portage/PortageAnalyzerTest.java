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
}
