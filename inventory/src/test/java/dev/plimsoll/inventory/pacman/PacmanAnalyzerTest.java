package dev.plimsoll.inventory.pacman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacmanAnalyzerTest {

    private static final String FOLDER = "var/lib/pacman/local/openssl-1:3.1.4-1/";

    @Test
    void aDescriptionIsAPackage() {
        var analyzed = Analyzed.by(new PacmanAnalyzer(), FOLDER + "desc", """
                %NAME%
                openssl

                %VERSION%
                1:3.1.4-1

                %BASE%
                ssl

                %ARCH%
                x86_64

                %REASON%
                1

                %LICENSE%
                Apache-2.0
                MIT

                %DEPENDS%
                glibc>=2.38
                sh

                %PROVIDES%
                libcrypto.so=3-64

                %PACKAGER%
                Some Body
                """);
        var found = analyzed.packages().getFirst();

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(found.version()).isEqualTo("1:3.1.4-1");
        assertThat(found.key()).isEqualTo("openssl-1:3.1.4-1");
        assertThat(found.licenses()).containsExactly("Apache-2.0", "MIT");
        assertThat(found.dependencies()).containsExactly("glibc", "sh");
        assertThat(found.qualifiers()).isEqualTo(Map.of("arch", "x86_64", "upstream", "ssl"));
        assertThat(found.properties())
                .isEqualTo(Map.of(
                        PackageProperty.INSTALL_REASON,
                        "dependency",
                        PackageProperty.PROVIDES,
                        "libcrypto.so",
                        PackageProperty.MAINTAINER,
                        "Some Body"));
    }

    @Test
    void filesBelongToThePackageOfTheFolder() {
        var text = "%FILES%\netc/\netc/a.conf\n\n%BACKUP%\netc/a.conf\t0123456789abcdef0123456789abcdef\n";

        assertThat(Analyzed.by(new PacmanAnalyzer(), FOLDER + "files", text).facts())
                .containsExactly(
                        new Fact.OwnedFiles(PackageType.ALPM, "openssl-1:3.1.4-1", List.of("etc", "etc/a.conf")));
        assertThat(Analyzed.by(new PacmanFileClaimsAnalyzer(), FOLDER + "files", text)
                        .facts())
                .containsExactly(new Fact.FileClaims(
                        PackageType.ALPM,
                        "openssl-1:3.1.4-1",
                        List.of(FileClaim.ofDigest("etc/a.conf", "md5", "0123456789abcdef0123456789abcdef", true))));
    }

    @Test
    void aDescriptionWithoutNameIsUnknown() {
        assertThat(Analyzed.by(new PacmanAnalyzer(), FOLDER + "desc", "%NAME%\n\n%VERSION%\n1\n")
                        .unknowns())
                .containsExactly("it names no package and version");
    }
}
