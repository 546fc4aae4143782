package dev.plimsoll.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `dpkg-query` as the second opinion, in the databases of real images.
class DpkgOracleTest {

    private static final String FORMAT =
            "--showformat=${db:Status-Status} ${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"debian-slim", "debian-web", "debian-patched", "python-app"})
    void findsThePackagesThatDpkgFinds(String name) throws IOException, InterruptedException {
        var image = RealImage.named(name);
        image.extract(path -> path.startsWith("var/lib/dpkg/"), folder);

        assertThat(lines(image.inventory())).isEqualTo(installed(folder.resolve("var/lib/dpkg")));
    }

    /// An image without dpkg has one record a package; together they make the file that dpkg reads.
    @Test
    void findsThePackagesOfAnImageWithoutDpkg() throws IOException, InterruptedException {
        var image = RealImage.named("distroless");
        image.extract(path -> path.startsWith(PackageDatabases.DPKG_STATUS_FOLDER), folder);
        var database = Files.createDirectories(folder.resolve("database"));
        var status = new StringBuilder();
        try (var records = Files.list(folder.resolve(PackageDatabases.DPKG_STATUS_FOLDER))) {
            for (var record : records.filter(path -> !path.toString().endsWith(".md5sums"))
                    .toList()) {
                status.append(Files.readString(record).strip().replaceFirst("(?m)^Status:.*\\n", ""))
                        .append("\nStatus: install ok installed\n\n");
            }
        }
        Files.writeString(database.resolve("status"), status);

        assertThat(lines(image.inventory())).hasSizeGreaterThan(5).isEqualTo(installed(database));
    }

    @Test
    void knowsTheFilesThatDpkgKnows() throws IOException, InterruptedException {
        var image = RealImage.named("debian-slim");
        image.extract(path -> path.startsWith("var/lib/dpkg/"), folder);
        var inventory = image.inventory();
        for (var name : List.of("libc6", "bash", "dpkg", "perl-base")) {
            var found = inventory.packages().stream()
                    .filter(item -> item.name().equals(name))
                    .findFirst()
                    .orElseThrow();

            var expected = query(folder.resolve("var/lib/dpkg"), "--listfiles", name).stream()
                    .filter(line -> line.startsWith("/") && !line.equals("/."))
                    .map(line -> line.substring(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found.ownedFiles()).hasSizeGreaterThan(10).containsExactlyElementsOf(expected);
        }
    }

    private TreeSet<String> installed(Path database) throws IOException, InterruptedException {
        return query(database, "--show", FORMAT).stream()
                .filter(line -> line.startsWith("installed "))
                .map(line -> line.substring("installed ".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> query(Path database, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("dpkg-query", "--admindir=" + database));
        command.addAll(List.of(arguments));
        return RealImage.answers(folder, command);
    }

    private static TreeSet<String> lines(Inventory inventory) {
        return inventory.packages().stream()
                .filter(item -> item.type() == PackageType.DEB)
                .map(DpkgOracleTest::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(ImagePackage item) {
        var source = item.source().orElseThrow();
        return item.name() + " " + item.version() + " " + item.architecture() + " " + source.name() + " "
                + source.version();
    }
}
