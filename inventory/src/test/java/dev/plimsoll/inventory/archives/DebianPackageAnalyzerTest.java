package dev.plimsoll.inventory.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPackageAnalyzerTest {

    private static final String BUILD = """
            set -e
            command -v dpkg-deb >/dev/null || exit 127
            mkdir -p root/DEBIAN root/usr/share
            printf 'Package: foo\\nSource: foo-src (1.1)\\nVersion: 1:1.2-3\\nArchitecture: amd64\\nMaintainer: A <a@example.org>\\nDescription: x\\n' > root/DEBIAN/control
            echo x > root/usr/share/file
            for form in gzip xz zstd none; do dpkg-deb --root-owner-group -Z$form --uniform-compression --build root $form.deb; done
            """;

    @Test
    void readsWhatDpkgBuilds(@TempDir Path folder) throws IOException, InterruptedException {
        RealImage.answers(folder, List.of("sh", "-c", BUILD));

        for (var form : List.of("gzip", "zstd", "none", "xz")) {
            var analyzed = Analyzed.by(
                    new DebianPackageAnalyzer(), "a.deb", Files.readAllBytes(folder.resolve(form + ".deb")));
            assertThat(analyzed.unknowns()).as(form).isEmpty();
            assertThat(analyzed.names()).as(form).hasSize(1).first().asString().startsWith("foo 1:1.2-3 @control.tar");
            var found = analyzed.packages().getFirst();
            assertThat(found.evidence()).isEqualTo(Evidence.DECLARED);
            assertThat(found.architecture()).isEqualTo("amd64");
            assertThat(found.source().orElseThrow().name()).isEqualTo("foo-src");
        }
    }

    @Test
    void otherFilesOfThatEndingAreSilentAndBrokenOnesUnknown() {
        var analyzer = new DebianPackageAnalyzer();

        assertThat(Analyzed.by(analyzer, "a.deb", "text").unknowns()).isEmpty();
        assertThat(Analyzed.by(analyzer, "a.deb", "!<arch>\n").unknowns())
                .containsExactly("a package without control.tar");
        assertThat(Analyzed.by(analyzer, "a.deb", "!<arch>\n" + member("control.tar.gz", "1") + "x")
                        .unknowns())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("control.tar.gz: it cannot be unpacked");
        assertThat(Analyzed.by(analyzer, "a.deb", "!<arch>\n" + member("control.tar", "99999999"))
                        .unknowns())
                .containsExactly("control.tar: it is over 33554432 bytes");
    }

    private static String member(String name, String size) {
        return "%-16s%-12s%-6s%-6s%-8s%-10s`\n".formatted(name, "0", "0", "0", "100644", size);
    }
}
