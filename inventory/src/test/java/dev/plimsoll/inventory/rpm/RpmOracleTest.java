package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What rpm itself says of real databases, and of ours.
class RpmOracleTest {

    /// One line a package, one a file.
    private static final String QUERY =
            "%{NAME};%|VENDOR?{%{VENDOR}}|;%|PACKAGER?{%{PACKAGER}}|;%|URL?{%{URL}}|;%|SUMMARY?{%{SUMMARY}}|;%|EPOCH?{%{EPOCH}}|;%{VERSION}-%{RELEASE};%|ARCH?{%{ARCH}}|;%|SOURCERPM?{%{SOURCERPM}}|;"
                    + "%|MODULARITYLABEL?{%{MODULARITYLABEL}}|;%|LICENSE?{%{LICENSE}}|;\\n[/%{FILENAMES}\\n]"
                    + "[needs %{REQUIRENAME}\\n][provides %{=NAME} %{PROVIDENAME}\\n]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rpm-rhel9", "rpm-fedora", "rpm-bdb"})
    void everyPackageOfARealImageIsTheSame(String name) throws Exception {
        assertThat(compared(name)).isPositive();
    }

    /// rpm as Debian builds it does not read ndb, so that it is asked for the same packages in another database.
    @Test
    void everyPackageOfARealNdbIsTheSame() throws Exception {
        unpack("rpm-ndb");
        var place = "usr/lib/sysimage/rpm/";
        var facts = RpmDatabase.analyze(
                place + "Packages.db", Files.readAllBytes(folder.resolve(place).resolve("Packages.db")));
        unpack("rpm-fedora");

        assertThat(facts.unknowns()).isEmpty();
        assertThat(lines(facts.packages())).hasSizeGreaterThan(90).containsExactlyElementsOf(rpm("/" + place));
    }

    private int compared(String name) throws Exception {
        unpack(name);
        var compared = 0;
        for (var place : PackageDatabases.RPM_FOLDERS) {
            for (var kind : PackageDatabases.RPM_FILES) {
                var database = folder.resolve(place).resolve(kind);
                if (Files.isRegularFile(database) && Files.size(database) > 0) {
                    var facts = RpmDatabase.analyze(place + kind, Files.readAllBytes(database));
                    assertThat(facts.unknowns()).isEmpty();
                    assertThat(facts.packages()).isNotEmpty();
                    assertThat(lines(facts.packages())).containsExactlyElementsOf(rpm("/" + place));
                    compared++;
                }
            }
        }
        return compared;
    }

    @Test
    void rpmReadsOurHeadersAsWeDo() throws Exception {
        var place = folder.resolve("var/lib/rpm");
        run(List.of(
                "rpm",
                "--root",
                folder.toString(),
                "--dbpath",
                "/var/lib/rpm",
                "--define",
                "_db_backend sqlite",
                "--initdb"));
        var bytes = RpmDatabase.rpmDatabase()
                .with(
                        ofPackage("without-epoch", "1.0~rc1", "2.el9").files("/usr/bin/", "a", "b"),
                        ofPackage("zero", "1", "1").numbers(RpmHeader.EPOCH, 0),
                        ofPackage("three", "1^git", "1")
                                .numbers(RpmHeader.EPOCH, 3)
                                .text(RpmHeader.MODULARITY_LABEL, "a:1:2:c"),
                        ofPackage("most", "1", "1").numbers(RpmHeader.EPOCH, -1))
                .addedTo(place.resolve("rpmdb.sqlite"));
        var facts = RpmDatabase.analyze(RpmDatabase.PATH, bytes);

        assertThat(facts.packages()).hasSize(4);
        assertThat(lines(facts.packages())).isEqualTo(rpm("/var/lib/rpm"));
    }

    private static List<String> lines(List<PackageFound> packages) {
        var lines = new ArrayList<String>();
        for (var found : packages) {
            lines.add(String.join(
                    ";",
                    found.name(),
                    found.properties().getOrDefault(PackageProperty.VENDOR, ""),
                    found.properties().getOrDefault(PackageProperty.MAINTAINER, ""),
                    found.properties().getOrDefault(PackageProperty.HOMEPAGE, ""),
                    found.properties().getOrDefault(PackageProperty.SUMMARY, ""),
                    found.qualifiers().getOrDefault("epoch", ""),
                    found.version().substring(found.version().indexOf(':') + 1),
                    found.architecture(),
                    found.qualifiers().getOrDefault("upstream", ""),
                    found.modularity(),
                    String.join("", found.licenses()),
                    ""));
            found.ownedFiles().forEach(path -> lines.add("//" + path));
            found.dependencies().forEach(name -> lines.add("needs " + name));
            Stream.of(found.properties()
                            .getOrDefault(PackageProperty.PROVIDES, "")
                            .split(" ", -1))
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> lines.add("provides " + found.name() + " " + name));
        }
        return lines.stream().sorted().toList();
    }

    private List<String> rpm(String database) throws IOException, InterruptedException {
        return run(List.of(
                        "rpm",
                        "--root",
                        folder.toString(),
                        "--dbpath",
                        database,
                        "-qa",
                        "--nodigest",
                        "--nosignature",
                        "--qf",
                        QUERY))
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("gpg-pubkey;"))
                .map(line -> line.replace("(none)", ""))
                .filter(
                        line -> !line.matches(
                                "needs (/.*|rpmlib\\(.*|config\\(.*|)|provides (\\S*) (\\2|/.*|config\\(.*|)|provides gpg-pubkey .*"))
                .sorted()
                .toList();
    }

    private void unpack(String name) throws IOException, InterruptedException {
        var blobs = images().resolve("oci").resolve(name).resolve("blobs").resolve("sha256");
        present(Files.isDirectory(blobs), "no image " + name + " beneath " + images());
        try (var files = Files.list(blobs)) {
            for (var blob : files.toList()) {
                try (var content = Files.newInputStream(blob)) {
                    if (content.read() == 0x1f && content.read() == 0x8b) {
                        run(List.of(
                                "tar",
                                "-xzf",
                                blob.toString(),
                                "-C",
                                folder.toString(),
                                "--no-same-owner",
                                "--wildcards",
                                "*/rpm/*"));
                    }
                }
            }
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            assertThat(process.waitFor())
                    .as("%s: %s", command, Files.readString(folder.resolve("errors")))
                    .isZero();
        } catch (IOException e) {
            present(false, "cannot run " + command.getFirst() + ": " + e.getMessage());
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Path images() {
        var cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("plimsoll-images");
    }

    private static void present(boolean condition, String otherwise) {
        if (!condition) {
            System.err.println("SKIPPED: " + otherwise);
        }
        Assumptions.assumeTrue(condition, otherwise);
    }
}
