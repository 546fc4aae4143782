package dev.plimsoll.inventory.rust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.program.ElfBytes;
import dev.plimsoll.inventory.program.PeAndMachO;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RustTest {

    private static final String CRATES = """
            {"packages":[{"name":"adler","version":"1.0.2","source":"registry"},
            {"name":"cc","version":"1.0.83","source":"registry","kind":"build"},
            {"name":"app","version":"0.1.0","source":"local","dependencies":[0,1,99],"root":true}]}""";

    private static byte[] packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Analyzed analyzed(byte[] program) {
        return Analyzed.by(new CargoAuditableAnalyzer(), "usr/bin/app", program);
    }

    @Test
    void cratesOfEveryFormatAreFoundWithoutThoseOfTheBuild() {
        for (var program : List.of(
                ElfBytes.elf().section(".dep-v0", packed(CRATES)).bytes(),
                PeAndMachO.pe(".dep-v0", packed(CRATES), 0, 0),
                PeAndMachO.machO(".dep-v0", packed(CRATES)))) {
            var found = analyzed(program);
            assertThat(found.names()).containsExactly("adler 1.0.2", "app 0.1.0");
            assertThat(found.packages().getLast().dependencies()).containsExactly("adler@1.0.2", "cc@1.0.83");
            assertThat(found.unknowns()).isEmpty();
        }
    }

    @Test
    void whatIsBrokenIsSaid() {
        assertThat(analyzed(ElfBytes.elf()
                                .section(".dep-v0", new byte[] {1, 2, 3})
                                .bytes())
                        .unknowns())
                .singleElement()
                .asString()
                .contains("cannot be unpacked");
        assertThat(analyzed(ElfBytes.elf().section(".dep-v0", packed("[]")).bytes())
                        .unknowns())
                .containsExactly("section .dep-v0: is no JSON object");
        assertThat(analyzed(ElfBytes.elf()
                                .section(".dep-v0", packed(" ".repeat(CargoAuditableAnalyzer.MAX_UNPACKED + 1)))
                                .bytes())
                        .unknowns())
                .containsExactly("section .dep-v0: unpacks to over 16777216 bytes");
    }

    @Test
    void lockFilesOfAllVersionsAreDeclared() {
        var digest = "0123456789abcdef".repeat(4);
        var four = """
                version = 4

                [[package]]
                name = "app"
                version = "0.1.0"
                dependencies = ["serde 1.0.1", "libc"]

                [[package]]
                name = "serde"
                version = "1.0.1"
                source = "registry+https://example.test/index"
                checksum = "%s"
                """.formatted(digest);
        var found = Analyzed.by(new CargoLockAnalyzer(), "app/Cargo.lock", four);
        assertThat(found.names()).containsExactly("app 0.1.0", "serde 1.0.1");
        assertThat(found.packages().getFirst().dependencies()).containsExactly("serde@1.0.1", "libc");
        assertThat(found.packages())
                .allSatisfy(item -> assertThat(item.evidence()).isEqualTo(Evidence.DECLARED));
        assertThat(found.packages().getLast().properties()).containsEntry(PackageProperty.DIGEST, "sha256:" + digest);

        var one = """
                [[package]]
                name = "serde"
                version = "1.0.1"
                source = "registry+x"

                [metadata]
                "checksum serde 1.0.1 (registry+x)" = "%s"
                """.formatted(digest);
        assertThat(Analyzed.by(new CargoLockAnalyzer(), "Cargo.lock", one)
                        .packages()
                        .getFirst()
                        .properties())
                .containsEntry(PackageProperty.DIGEST, "sha256:" + digest);
        assertThat(Analyzed.by(new CargoLockAnalyzer(), "Cargo.lock", "[[package")
                        .unknowns())
                .hasSize(1);
    }

    /// A lock file that Cargo itself wrote, against `cargo metadata`.
    @Test
    void lockFilesAreReadAsCargoReadsThem(@TempDir Path folder) throws IOException, InterruptedException {
        for (var name : List.of("app", "part")) {
            Files.createDirectories(folder.resolve(name + "/src"));
            Files.writeString(folder.resolve(name + "/src/lib.rs"), "");
        }
        Files.writeString(
                folder.resolve("app/Cargo.toml"),
                "[package]\nname=\"app\"\nversion=\"0.1.0\"\nedition=\"2021\"\n[dependencies]\npart={path=\"../part\"}\n");
        Files.writeString(
                folder.resolve("part/Cargo.toml"), "[package]\nname=\"part\"\nversion=\"2.3.4\"\nedition=\"2021\"\n");
        var answer = RealImage.answers(
                folder,
                List.of(
                        "cargo",
                        "metadata",
                        "--offline",
                        "--format-version=1",
                        "--manifest-path",
                        folder.resolve("app/Cargo.toml").toString()));
        var expected = ((JsonObject)
                        JsonReader.read(String.join("", answer).getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN))
                .objects("packages").stream()
                        .map(item -> item.string("name").orElse("") + " "
                                + item.string("version").orElse(""))
                        .toList();

        assertThat(Analyzed.by(
                                new CargoLockAnalyzer(),
                                "app/Cargo.lock",
                                Files.readAllBytes(folder.resolve("app/Cargo.lock")))
                        .names())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @FuzzTest
    void anySectionAndAnyLockFileGiveCratesOrUnknowns(byte[] bytes) {
        var section = ElfBytes.elf().section(".dep-v0", bytes).bytes();
        var list = ElfBytes.elf()
                .section(".dep-v0", packed(new String(bytes, StandardCharsets.ISO_8859_1)))
                .bytes();
        for (var program : Arrays.asList(section, list)) {
            assertThat(analyzed(program).unknowns()).hasSizeLessThan(100);
        }
        assertThat(Analyzed.by(new CargoLockAnalyzer(), "Cargo.lock", bytes).unknowns())
                .hasSizeLessThanOrEqualTo(Math.max(1, bytes.length));
    }
}
