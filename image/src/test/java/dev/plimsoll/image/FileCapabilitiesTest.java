package dev.plimsoll.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.tar.FileTarInput;
import dev.plimsoll.image.tar.TarHeader;
import dev.plimsoll.image.tar.TarReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileCapabilitiesTest {

    @TempDir
    private Path folder;

    private static FileCapabilities.Reading read(String hexadecimal) {
        return FileCapabilities.read(HexFormat.of().parseHex(hexadecimal.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "01000002 00200000 00000000 00000000 00000000, cap_net_raw+ep",
        "00000002 00200000 00000000 00000000 00000000, cap_net_raw+p",
        "01000002 00200000 00200000 00000000 00000000, cap_net_raw+eip",
        "00000002 00000000 01000000 00000000 00000000, cap_chown+i",
        "01000002 00040000 00200000 00000000 00000000, cap_net_bind_service+ep cap_net_raw+ei",
        "01000002 00300000 00000000 80010000 00000000, 'cap_net_admin,cap_net_raw,cap_bpf,cap_checkpoint_restore+ep'",
        "01000001 00200000 00000000, cap_net_raw+ep",
        "01000003 00200000 00000000 00000000 00000000 e8030000, cap_net_raw+ep [rootid=1000]",
        "01000003 00200000 00000000 00000000 00000000 00000000, cap_net_raw+ep",
        "01000002 00000000 00000000 00000000 00000000, ''",
    })
    void writesThemAsTheManualDoes(String attribute, String text) {
        assertThat(read(attribute)).isEqualTo(new FileCapabilities.Understood(text));
    }

    @Test
    void aCapabilityWithoutANameIsItsNumber() {
        assertThat(read("01000002 00000000 00000000 00000080 00000000"))
                .isEqualTo(new FileCapabilities.Understood("63+ep"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', bytes",
        "0102, bytes",
        "01000004 00000000 00000000, revision 4",
        "01000002 00200000 00000000, not in 20"
    })
    void whatIsBrokenIsRefused(String attribute, String reason) {
        assertThat(read(attribute))
                .isInstanceOfSatisfying(
                        FileCapabilities.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] attribute) {
        assertThat(FileCapabilities.read(attribute)).isNotNull();
    }

    /// `setcap` writes them, GNU tar packs them, `getcap` reads them back.
    @Test
    void saysWhatGetcapSays() throws IOException, InterruptedException {
        for (var tool : List.of("setcap", "getcap", "tar")) {
            needed(Tools.isOnPath(tool) || Files.isExecutable(Path.of("/usr/sbin", tool)), tool);
        }
        needed(Tools.isRoot(), "root");
        var wanted = Map.of(
                "a", "cap_net_raw=ep",
                "b", "cap_net_raw,cap_net_admin=eip",
                "c", "cap_chown=p cap_bpf=i",
                "d", "cap_setuid,cap_setgid,cap_sys_admin=ei");
        var files = folder.resolve("files");
        Files.createDirectory(files);
        for (var entry : wanted.entrySet()) {
            var file = Files.writeString(files.resolve(entry.getKey()), "x");
            try {
                Tools.run("setcap", entry.getValue(), file.toString());
            } catch (AssertionError e) {
                needed(false, "a file system that keeps capabilities (" + e.getMessage() + ")");
            }
        }
        var tar = folder.resolve("files.tar");
        Tools.run(
                "tar",
                "--xattrs",
                "--xattrs-include=*",
                "--format=pax",
                "-C",
                files.toString(),
                "-cf",
                tar.toString(),
                ".");

        var found = new TreeMap<String, List<String>>();
        try (var channel = java.nio.channels.FileChannel.open(tar)) {
            var reader = new TarReader(new FileTarInput(channel), "files", problem -> {});
            for (TarHeader header = reader.next(); header != null; header = reader.next()) {
                if (header.capability().length > 0) {
                    var name = Path.of(new String(header.name(), StandardCharsets.UTF_8))
                            .getFileName()
                            .toString();
                    var read = (FileCapabilities.Understood) FileCapabilities.read(header.capability());
                    found.put(name, groups(read.text()));
                }
            }
        }
        var expected = new TreeMap<String, List<String>>();
        for (var line : Tools.run("getcap", "-r", files.toString()).lines().toList()) {
            var parts = line.split(" ", 2);
            // newer versions write "=", older ones "+"
            expected.put(Path.of(parts[0]).getFileName().toString(), groups(parts[1].replace('=', '+')));
        }
        assertThat(expected).hasSize(4);
        assertThat(found).isEqualTo(expected);
    }

    /// The library writes groups in an order of its own.
    private static List<String> groups(String text) {
        return List.of(text.split(" ", -1)).stream().sorted().toList();
    }

    private static void needed(boolean there, String what) {
        if (!there) {
            System.err.println("SKIPPED: FileCapabilitiesTest needs " + what);
        }
        assumeTrue(there, what);
    }
}
