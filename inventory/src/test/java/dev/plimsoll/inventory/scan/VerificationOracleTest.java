package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.content.FileDeviation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `dpkg --verify` and `rpm --verify` say of real images that were unpacked and changed.
class VerificationOracleTest {

    @TempDir
    private Path folder;

    @Test
    void dpkgSaysTheSame() throws Exception {
        var root = unpacked("debian-slim");
        change(root.resolve("etc/debian_version")); // a configuration file
        change(root.resolve("usr/share/common-licenses/BSD"));
        Files.delete(root.resolve("usr/bin/apt-key"));
        Files.delete(root.resolve("etc/bash.bashrc"));
        change(root.resolve("usr/share/man/man1/dash.1.gz"));

        assertThat(deviations(root))
                .hasSizeGreaterThan(3)
                .containsExactlyElementsOf(lines(run(List.of("dpkg", "--verify", "--root=" + root))));
    }

    @Test
    void rpmSaysTheSame() throws Exception {
        var root = unpacked("rpm-rhel9");
        change(root.resolve("etc/bash.conf"));
        change(root.resolve("usr/bin/curl"));
        Files.delete(root.resolve("usr/share/expat/about"));
        Files.setPosixFilePermissions(root.resolve("usr/bin/zlib"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(root.resolve("usr/bin/glibc-link"));

        assertThat(deviations(root))
                .hasSizeGreaterThan(3)
                .containsExactlyElementsOf(lines(run(List.of(
                        "rpm",
                        "--root",
                        root.toString(),
                        "--dbpath",
                        "/var/lib/rpm",
                        "-Va",
                        "--nodeps",
                        "--noscripts",
                        "--nouser",
                        "--nogroup",
                        "--nomtime",
                        "--nosize"))));
    }

    /// Takes no link in its place for the file: it may lead out of the folder.
    private static void change(Path file) throws IOException {
        var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        assertThat(Files.isSymbolicLink(file)).isFalse();
        Files.writeString(file, "changed\n");
        Files.setPosixFilePermissions(file, permissions);
    }

    /// JUnit would warn of every link.
    @AfterEach
    void remove() throws Exception {
        run(List.of("rm", "-rf", folder.resolve("root").toString()));
    }

    /// `path kind`, with ` c` for configuration files.
    private static TreeSet<String> deviations(Path root) throws IOException {
        var found = new TreeSet<String>();
        for (var deviation : verified(root).contents().verification().orElseThrow()) {
            found.add(line(deviation.path(), deviation.kind(), deviation.configuration()));
        }
        return found;
    }

    private static String line(String path, Kind kind, boolean configuration) {
        return path + " " + kind + (configuration ? " c" : "");
    }

    private static Inventory verified(Path root) throws IOException {
        try (var image = Images.open("dir:" + root, OpenOptions.defaults())) {
            return ImageScanner.scan(
                    image,
                    new ScanOptions(
                            AnalysisSettings.defaults().withVerification(true),
                            Optional.empty(),
                            List.of(),
                            ReadOptions.defaults(),
                            ScanLimits.DEFAULTS));
        }
    }

    /// `??5?????? c /path`, `missing     /path`.
    private static TreeSet<String> lines(List<String> output) {
        var found = new TreeSet<String>();
        for (var line : output) {
            var path = line.substring(line.indexOf('/') + 1);
            var configuration = line.substring(9, line.indexOf('/')).contains("c");
            if (line.startsWith("missing")) {
                found.add(line(path, Kind.MISSING, configuration));
                continue;
            }
            if (line.charAt(2) == '5') {
                found.add(line(path, Kind.CHANGED, configuration));
            }
            if (line.charAt(1) == 'M') {
                found.add(line(path, Kind.MODE, configuration));
            }
        }
        return found;
    }

    private Path unpacked(String name) throws Exception {
        var blobs = RealImage.named(name).layout().resolve("blobs").resolve("sha256");
        var root = Files.createDirectories(folder.resolve("root"));
        try (var files = Files.list(blobs)) {
            for (var blob : files.toList()) {
                byte[] beginning;
                try (var in = Files.newInputStream(blob)) {
                    beginning = in.readNBytes(2);
                }
                if (beginning.length == 2 && beginning[0] == 0x1f) {
                    run(List.of("tar", "-xzf", blob.toString(), "-C", root.toString(), "--exclude=dev/*"));
                }
            }
        }
        return root;
    }

    /// Both programs end with 1 where something deviates.
    private List<String> run(List<String> command) throws Exception {
        var output = folder.resolve("output");
        try {
            var process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectOutput(output.toFile())
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            assertThat(process.waitFor())
                    .as("%s: %s", command, Files.readString(folder.resolve("errors")))
                    .isBetween(0, 1);
        } catch (IOException e) {
            System.err.println("SKIPPED: VerificationOracleTest needs " + command.getFirst());
            Assumptions.abort("no " + command.getFirst());
        }
        return Files.readAllLines(output);
    }
}
