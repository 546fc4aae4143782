package dev.plimsoll.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
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

/// `go version -m` as the second opinion, over the programs of a real image: ELF of two processors, stripped, PE,
/// Mach-O.
class GoOracleTest {

    @Test
    void findsTheModulesThatGoFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("go-deps");
        var inventory = image.inventory();
        var root = folder.resolve("root");
        image.extract(path -> path.startsWith("usr/local/bin/") || path.startsWith("opt/"), root);
        var paths = paths(inventory);

        // With --, because some programs have no execute bit once they are extracted.
        var expected = new ArrayList<String>();
        for (var path : paths) {
            Files.setPosixFilePermissions(
                    root.resolve(path), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            expected.addAll(asWeWriteIt(
                    path,
                    RealImage.answers(
                            folder,
                            List.of("go", "version", "-m", root.resolve(path).toString()))));
        }

        assertThat(paths).hasSizeGreaterThan(8);
        assertThat(expected).hasSizeGreaterThan(200);
        assertThat(RealImage.lines(inventory, PackageType.GOLANG)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /// `go` looks for programs by itself, so that none is missed.
    @Test
    void missesNoProgramThatGoFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("go-deps");
        var root = folder.resolve("root");
        image.extract(path -> path.startsWith("usr/") || path.startsWith("opt/") || path.startsWith("bin/"), root);
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(
                        file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }

        var found = RealImage.answers(folder, List.of("go", "version", root.toString())).stream()
                .map(line -> line.substring(root.toString().length() + 1, line.lastIndexOf(": ")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(paths(image.inventory())).isEqualTo(found);
    }

    private static TreeSet<String> paths(Inventory inventory) {
        return inventory.packages().stream()
                .filter(found -> found.type() == PackageType.GOLANG)
                .map(ImagePackage::locations)
                .flatMap(List::stream)
                .map(ImagePackage.Location::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The version of a main module in development is what version control stamped, as Go writes it.
    private static List<String> asWeWriteIt(String path, List<String> answer) {
        var lines = new ArrayList<String>();
        var revision = "";
        var time = "";
        for (var line : answer) {
            var cells = line.strip().split("\t", -1);
            if (cells[0].equals("build") && cells[1].startsWith("vcs.revision=")) {
                revision = cells[1].substring(cells[1].indexOf('=') + 1);
            } else if (cells[0].equals("build") && cells[1].startsWith("vcs.time=")) {
                time = cells[1].substring(cells[1].indexOf('=') + 1).replaceAll("[^0-9]", "");
            }
        }
        var stamp = revision.isEmpty() ? "" : "v0.0.0-" + time + "-" + revision.substring(0, 12);
        for (var line : answer) {
            var cells = line.strip().split("\t", -1);
            switch (cells[0]) {
                case "mod", "dep" ->
                    lines.add(cells[1] + " " + (cells[2].equals("(devel)") ? stamp : cells[2]) + " /" + path);
                case "=>" -> lines.set(lines.size() - 1, cells[1] + " " + cells[2] + " /" + path);
                default -> {
                    if (line.contains(": go1")) {
                        lines.add("stdlib " + line.substring(line.indexOf(": go1") + 4) + " /" + path);
                    }
                }
            }
        }
        return lines;
    }
}
