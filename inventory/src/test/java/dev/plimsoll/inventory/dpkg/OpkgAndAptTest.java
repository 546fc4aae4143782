package dev.plimsoll.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpkgAndAptTest {

    @TempDir
    private Path folder;

    @Test
    void opkgSaysWhatIsInstalled() {
        var analyzed = Analyzed.by(new OpkgAnalyzer(), "usr/lib/opkg/status", """
                Package: libc
                Version: 1.2.3-4
                Depends: libgcc1, kernel (= 5.15)
                Status: install user installed
                Architecture: x86_64
                Conffiles:
                 /etc/config/network 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                Installed-Time: 1700000000

                Package: libgcc1
                Version: 12
                Status: install ok installed
                Architecture: x86_64
                Auto-Installed: yes

                Package: gone
                Version: 1
                Status: deinstall ok not-installed
                """);

        assertThat(analyzed.names()).containsExactly("libc 1.2.3-4", "libgcc1 12");
        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.packages().get(0).dependencies()).containsExactly("libgcc1", "kernel");
        assertThat(analyzed.packages().get(0).properties())
                .isEqualTo(Map.of(PackageProperty.INSTALL_REASON, "explicit"));
        assertThat(analyzed.packages().get(1).properties())
                .isEqualTo(Map.of(PackageProperty.INSTALL_REASON, "dependency"));
    }

    @Test
    void aControlFileOfOpkgIsAPackageWithLicenceAndSource() {
        var found = Analyzed.by(new OpkgAnalyzer(), "usr/lib/opkg/info/zlib.control", """
                        Package: zlib
                        Version: 1.2.13-1
                        Source: package/libs/zlib
                        SourceName: zlib-src
                        License: Zlib
                        Architecture: x86_64
                        """)
                .packages()
                .getFirst();

        assertThat(found.licenses()).containsExactly("Zlib");
        assertThat(found.qualifiers()).containsEntry("upstream", "zlib-src").containsEntry("arch", "x86_64");
    }

    @Test
    void listsOfOpkgMayHaveModes() {
        assertThat(Analyzed.by(
                                new DpkgOwnedFilesAnalyzer(),
                                "usr/lib/opkg/info/zlib.list",
                                "/usr/lib/libz.so.1\t0120777\tlibz.so\n/usr/a b\n")
                        .facts())
                .containsExactly(new Fact.OwnedFiles(PackageType.DEB, "zlib", List.of("usr/lib/libz.so.1", "usr/a b")));
    }

    @Test
    void claimsAreReadOfSumsAndConfigurationFiles() {
        var sum = "0123456789abcdef0123456789abcdef";
        var sums = Analyzed.by(
                new DpkgFileClaimsAnalyzer(), "var/lib/dpkg/info/a:amd64.md5sums", sum + "  usr/a b\nbroken\n");
        var status = Analyzed.by(
                new DpkgFileClaimsAnalyzer(),
                "var/lib/dpkg/status",
                "Package: a\nArchitecture: i386\nMulti-Arch: same\nConffiles:\n /etc/a " + sum
                        + " obsolete\n /etc/n newconffile\nDescription: x\n y\n");

        assertThat(sums.facts())
                .containsExactly(new Fact.FileClaims(
                        PackageType.DEB, "a:amd64", List.of(FileClaim.ofDigest("usr/a b", "md5", sum, false))));
        assertThat(sums.unknowns()).containsExactly("line 2: not a digest and a path");
        assertThat(status.facts())
                .containsExactly(new Fact.FileClaims(
                        PackageType.DEB, "a:i386", List.of(FileClaim.ofDigest("etc/a", "md5", sum, true))));
    }

    @Test
    void brokenDiversionsAreUnknown() {
        var analyzed =
                Analyzed.by(new DpkgDiversionsAnalyzer(), "var/lib/dpkg/diversions", "/a\n/b\n:\nx\n/y\nz\n/c\n");

        assertThat(analyzed.facts()).containsExactly(new Fact.Diverted(PackageType.DEB, "a", "b", ""));
        assertThat(analyzed.unknowns())
                .containsExactly("line 6: no diversion of a path", "its last diversion has not three lines");
    }

    /// `dpkg-divert` writes the file, and says what it means.
    @Test
    void dpkgDivertSaysTheSame() throws Exception {
        var database = Files.createDirectories(folder.resolve("dpkg"));
        for (var arguments : List.of(
                List.of("--local", "--divert", "/usr/bin/x.other", "--add", "/usr/bin/x"),
                List.of("--package", "dash", "--divert", "/bin/sh.distrib", "--add", "/bin/sh"))) {
            RealImage.answers(folder, command(database, arguments));
        }
        var facts = Analyzed.by(
                        new DpkgDiversionsAnalyzer(),
                        "var/lib/dpkg/diversions",
                        Files.readString(database.resolve("diversions")))
                .all(Fact.Diverted.class);

        assertThat(facts.stream()
                        .map(fact -> (fact.except().isEmpty() ? "local diversion of /" : "diversion of /")
                                + fact.path() + " to /" + fact.elsewhere()
                                + (fact.except().isEmpty() ? "" : " by " + fact.except()))
                        .sorted()
                        .toList())
                .hasSize(2)
                .isEqualTo(RealImage.answers(folder, command(database, List.of("--list"))).stream()
                        .sorted()
                        .toList());
    }

    private static List<String> command(Path database, List<String> arguments) {
        var command = new java.util.ArrayList<>(
                List.of("dpkg-divert", "--admindir", database.toString(), "--no-rename", "--quiet"));
        command.addAll(arguments);
        return command;
    }

    @Test
    void aptMarkSaysTheSame() throws IOException, InterruptedException {
        var image = RealImage.named("debian-web");
        image.extract(path -> path.startsWith("var/lib/dpkg/") || path.startsWith("var/lib/apt/ext"), folder);
        var inventory = image.inventory();

        for (var reason :
                Map.of("dependency", "showauto", "explicit", "showmanual").entrySet()) {
            assertThat(names(inventory, reason.getKey()))
                    .isNotEmpty()
                    .isEqualTo(new TreeSet<>(RealImage.answers(
                            folder,
                            List.of(
                                    "apt-mark",
                                    "-o",
                                    "Dir::State=" + folder.resolve("var/lib/apt"),
                                    "-o",
                                    "Dir::State::status=" + folder.resolve("var/lib/dpkg/status"),
                                    "-o",
                                    "Dir::Cache=" + folder.resolve("cache"),
                                    reason.getValue()))));
        }
    }

    private static TreeSet<String> names(Inventory inventory, String reason) {
        return inventory.packages().stream()
                .filter(found -> reason.equals(found.properties().get(PackageProperty.INSTALL_REASON)))
                .map(found -> found.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
