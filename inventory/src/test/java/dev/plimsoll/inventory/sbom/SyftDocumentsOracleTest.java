package dev.plimsoll.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Syft writes of a real image against what is found in the image itself. Java's archives are left out, which Syft
/// names otherwise (docs/coverage.md).
final class SyftDocumentsOracleTest {

    private static final List<String> FORMATS = List.of(
            "cyclonedx-json",
            "cyclonedx-json@1.4",
            "cyclonedx-xml",
            "spdx-json",
            "spdx-json@2.2",
            "spdx-tag-value",
            "syft-json",
            "purls");

    @ParameterizedTest
    @CsvSource({"debian-web, true", "node-app, true", "rpm-rhel9, true", "python-app, true", "java-app, false"})
    void everyFormatHasThePackagesOfTheImage(String name, boolean all, @TempDir Path folder)
            throws IOException, InterruptedException {
        var image = RealImage.named(name);
        var outputs = new StringBuilder();
        for (var format : FORMATS) {
            outputs.append(" -o ")
                    .append(format)
                    .append("='")
                    .append(folder.resolve(format))
                    .append('\'');
        }
        RealImage.answers(
                folder,
                List.of(
                        "sh",
                        "-c",
                        "SYFT_CHECK_FOR_APP_UPDATE=false PATH=$PATH:$HOME/go/bin syft -q oci-dir:" + image.layout()
                                + outputs));

        var looked = image.inventory();
        for (var format : FORMATS) {
            var inventory = SbomReader.read(folder.resolve(format));
            assertThat(lines(inventory)).as(format).isEqualTo(lines(looked));
            if (all) {
                assertThat(identified(inventory)).as(format).hasSameSizeAs(identified(looked));
            }
            assertThat(inventory.distribution().orElseThrow().release())
                    .as(format)
                    .isEqualTo(looked.distribution().orElseThrow().release());
            // list of URLs: of those without a version nobody says that Syft looked for it in vain
            assertThat(inventory.document().orElseThrow().unidentified() == 0 || format.equals("purls"))
                    .as(format)
                    .isTrue();
        }
    }

    /// Without products that the bytes of programs tell: each scanner knows others, and names them in its own way.
    private static List<ImagePackage> identified(Inventory inventory) {
        return inventory.packages().stream()
                .filter(item -> item.type() != PackageType.GENERIC)
                .toList();
    }

    /// Name, version, source package and architecture.
    private static TreeSet<String> lines(Inventory inventory) {
        var lines = new TreeSet<String>();
        for (ImagePackage item : identified(inventory)) {
            if (item.type() != PackageType.MAVEN) {
                // Syft folds dots in names of PyPI too
                var name = item.type() == PackageType.PYPI
                        ? item.purl().name().replace('.', '-')
                        : item.purl().name();
                lines.add(item.type() + " " + name + " " + item.version() + " "
                        + item.source().map(Object::toString).orElse("") + " " + item.architecture());
            }
        }
        return lines;
    }
}
