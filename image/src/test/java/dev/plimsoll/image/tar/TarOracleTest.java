package dev.plimsoll.image.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.image.ImageBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that other programs wrote, read as other programs read them.
class TarOracleTest {

    private static final int LONGEST_V7 = 80;
    private static final int LONGEST_USTAR = 200;
    private static final int ANY_LENGTH = 500;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=v7",
                "--format=oldgnu",
                "--format=gnu",
                "--format=ustar",
                "--format=posix",
                "--format=oldgnu --sparse",
                "--format=gnu --sparse",
                "--format=posix --sparse --sparse-version=0.0",
                "--format=posix --sparse --sparse-version=0.1",
                "--format=posix --sparse --sparse-version=1.0",
                "--format=gnu --owner=someone:3000000000 --group=others:2999999999",
                "--format=posix --owner=someone:3000000000 --group=others:2999999999",
                "--format=posix --pax-option=globexthdr.name=global,comment=all"
            })
    void whatGnuTarWritesReadsAsPythonReadsIt(String options) throws Exception {
        needed("tar", "python3");
        var folder =
                files(options.contains("v7") ? LONGEST_V7 : options.contains("ustar") ? LONGEST_USTAR : ANY_LENGTH);
        var archive = temporary.resolve("gnu.tar");
        var command = new ArrayList<>(List.of("tar", "--create", "--sort=name", "--file", archive.toString()));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("--directory", folder.toString(), "."));
        run(command);

        assertThat(read(archive)).isEqualTo(listed(archive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"})
    void whatPythonWritesReadsAsGnuTarUnpacksIt(String format) throws Exception {
        needed("tar", "python3");
        var folder = files(format.startsWith("USTAR") ? LONGEST_USTAR : ANY_LENGTH);
        var archive = temporary.resolve("python.tar");
        run(List.of(
                "python3",
                "-c",
                "import sys, tarfile; t = tarfile.open(sys.argv[1], 'w', format=tarfile." + format
                        + "); t.add(sys.argv[2], ''); t.close()",
                archive.toString(),
                folder.toString()));
        var unpacked = Files.createDirectory(temporary.resolve("unpacked"));
        run(List.of("tar", "--extract", "--file", archive.toString(), "--directory", unpacked.toString()));
        var again = temporary.resolve("again.tar");
        run(List.of("tar", "--create", "--file", again.toString(), "--directory", unpacked.toString(), "."));

        assertThat(byName(read(archive))).isEqualTo(byName(listed(again)));
    }

    @Test
    void pythonAndWeAgreeOnFilesOfManyGigabytes() throws Exception {
        needed("tar", "python3");
        var folder = Files.createDirectory(temporary.resolve("large"));
        for (var gigabytes : new long[] {7, 9, 100}) {
            try (var file =
                    new RandomAccessFile(folder.resolve("of" + gigabytes).toFile(), "rw")) {
                file.write('x');
                file.setLength(gigabytes << 30);
            }
        }
        for (var format : new String[] {"gnu", "posix"}) {
            var archive = temporary.resolve(format + ".tar");
            run(List.of(
                    "tar",
                    "--create",
                    "--sparse",
                    "--format=" + format,
                    "--file",
                    archive.toString(),
                    "--directory",
                    folder.toString(),
                    "."));
            assertThat(sizes(archive)).contains(7L << 30, 9L << 30, 100L << 30);
        }
    }

    /// Files of every kind, with names up to a length.
    private Path files(int longest) throws Exception {
        var folder = Files.createDirectory(temporary.resolve("files"));
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("small"), "content\n");
        Files.write(folder.resolve("block"), new byte[512]);
        Files.write(folder.resolve("past-block"), new byte[513]);
        Files.writeString(folder.resolve("ünï—çødé"), "names in UTF-8");
        var deep = folder;
        for (var length = 0; length + 45 < longest; length += 40) {
            deep = Files.createDirectory(deep.resolve("d".repeat(39)));
        }
        var name = Files.writeString(deep.resolve("f".repeat(30)), "deep");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("small"));
        Files.createSymbolicLink(folder.resolve("absolute"), Path.of("/etc/passwd"));
        Files.createLink(folder.resolve("zz-hard"), folder.resolve("small"));
        if (longest == ANY_LENGTH) { // the older formats have no room for long targets
            Files.createSymbolicLink(folder.resolve("link-to-a-long-name"), folder.relativize(name));
            Files.createLink(folder.resolve("zz-hard-to-a-long-name"), name);
        }
        sparse(folder.resolve("sparse-start"), 300_000, 0);
        sparse(folder.resolve("sparse-end"), 300_000, 299_000);
        sparse(folder.resolve("sparse-hole"), 5_000_000);
        var many = new long[60];
        for (var i = 0; i < many.length; i++) {
            many[i] = i * 40_960L;
        }
        sparse(folder.resolve("sparse-many"), 3_000_000, many);
        if (longest != LONGEST_V7) {
            run(List.of("mkfifo", folder.resolve("fifo").toString()));
        }
        run(List.of("chmod", "4751", folder.resolve("block").toString()));
        run(List.of("chmod", "1777", deep.toString()));
        return folder;
    }

    private static void sparse(Path path, long size, long... dataAt) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            for (var at : dataAt) {
                file.seek(at);
                file.write("data".getBytes(StandardCharsets.US_ASCII));
            }
            file.setLength(size);
        }
    }

    /// Each entry as "name type mode user group size link sha256".
    private static List<String> read(Path archive) throws IOException {
        List<String> entries = new ArrayList<>();
        try (var channel = FileChannel.open(archive)) {
            var reader = new TarReader(new FileTarInput(channel), "oracle", _ -> {});
            for (var header = reader.next(); header != null; header = reader.next()) {
                var link = header.type() == TarHeader.HARD_LINK || header.type() == TarHeader.SYMBOLIC_LINK;
                entries.add(String.join(
                        " ",
                        shorn(new String(header.name(), StandardCharsets.UTF_8)),
                        String.valueOf((char) header.type()),
                        Long.toOctalString(header.mode() & 07777),
                        header.userId() + ":" + header.groupId(),
                        String.valueOf(header.size()),
                        link ? shorn(new String(header.linkName(), StandardCharsets.UTF_8)) : "",
                        header.type() == TarHeader.FILE
                                ? ImageBytes.hex(reader.content().readAllBytes())
                                : ""));
            }
        }
        return entries;
    }

    private static List<Long> sizes(Path archive) throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (var channel = FileChannel.open(archive)) {
            var reader = new TarReader(new FileTarInput(channel), "oracle", _ -> {});
            for (var header = reader.next(); header != null; header = reader.next()) {
                sizes.add(header.size());
            }
        }
        return sizes;
    }

    private static String shorn(String name) {
        var bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return bare.startsWith("./") ? bare.substring(2) : bare;
    }

    private static List<String> byName(List<String> entries) {
        // of two names of one file either may be the link; the folder itself has no name in one of the archives
        return entries.stream()
                .filter(entry -> !entry.contains(" 1 ") && !entry.startsWith("zz-hard"))
                .filter(entry -> !entry.startsWith(". ") && !entry.startsWith(" ") && !entry.contains("/f"))
                .sorted()
                .toList();
    }

    private List<String> listed(Path archive) throws Exception {
        var out = new String(run(List.of("python3", "-c", PYTHON_LIST, archive.toString())), StandardCharsets.UTF_8);
        return Stream.of(out.split("\0", -1)).filter(line -> !line.isEmpty()).toList();
    }

    private byte[] run(List<String> command) throws Exception {
        var error = temporary.resolve("stderr");
        var process = new ProcessBuilder(command).redirectError(error.toFile()).start();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor()).as(() -> command + ": " + error).isZero();
        return out.toByteArray();
    }

    private static void needed(String... tools) {
        for (var tool : tools) {
            var there = Stream.of(Optional.ofNullable(System.getenv("PATH"))
                            .orElse("")
                            .split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!there) {
                System.err.println("SKIPPED: TarOracleTest needs " + tool);
            }
            assumeTrue(there, "needs " + tool);
        }
    }

    private static final String PYTHON_LIST = """
            import hashlib, sys, tarfile
            archive = tarfile.open(sys.argv[1], "r:", encoding="utf-8")
            kinds = {tarfile.REGTYPE: "0", tarfile.AREGTYPE: "0", tarfile.GNUTYPE_SPARSE: "0", tarfile.DIRTYPE: "5",
                     tarfile.LNKTYPE: "1", tarfile.SYMTYPE: "2", tarfile.FIFOTYPE: "6"}
            def shorn(name):
                name = name.rstrip("/")
                return name[2:] if name.startswith("./") else name
            for member in archive:
                file = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.GNUTYPE_SPARSE)
                link = member.linkname if member.issym() or member.islnk() else ""
                digest = hashlib.sha256(archive.extractfile(member).read()).hexdigest() if file else ""
                line = " ".join([shorn(member.name), kinds[member.type], "%o" % (member.mode & 0o7777),
                                 "%d:%d" % (member.uid, member.gid), str(member.size if file else 0), shorn(link), digest])
                sys.stdout.buffer.write((line + "\\0").encode())
            """;
}
