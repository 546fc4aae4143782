package dev.plimsoll.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.json.YamlWriter;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BundleReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        BundleReader.read("fuzz.json", bytes, true)
                .bundle()
                .ifPresent(bundle -> Fixture.image().judge(bundle));
    }

    /// What the fuzzer does at length, in a few seconds and always the same: a good bundle with bytes changed.
    @Test
    void readsBundlesWithChangedBytes() {
        var good = BundleText.of()
                .rule("STOP", "vulnerabilities", "package", "package_type=all", "severity=high")
                .rule("WARN", "files", "name_match", "regex=a(b|c)*")
                .item("vulnerabilities", "CVE-1+*", "\"2030-01-01T00:00:00Z\"")
                .json()
                .getBytes(StandardCharsets.UTF_8);
        var random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            var bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*(".charAt(random.nextInt(12));
            }
            readsAnyBytes(bytes);
        }
    }

    @FuzzTest
    void readsAnyBytesAsYaml(byte[] bytes) {
        BundleReader.read("fuzz.yaml", bytes, true)
                .bundle()
                .ifPresent(bundle -> Fixture.image().judge(bundle));
    }

    /// What can be converted is a bundle in every format, for whoever reads it.
    @FuzzTest
    void convertsAnyBytes(byte[] bytes) {
        for (var version : BundleConverter.versions()) {
            for (var forAnchore : List.of(true, false)) {
                if (BundleConverter.convert("fuzz", bytes, Optional.of(version), forAnchore)
                        instanceof BundleConverter.Converted(var tree, var _)) {
                    var again = BundleReader.read(
                            "fuzz.yaml", YamlWriter.write(tree).getBytes(StandardCharsets.UTF_8), true);
                    assertThat(again.errors()).as(YamlWriter.write(tree)).isEmpty();
                }
            }
        }
    }

    @Test
    void readsYamlWithChangedBytes() {
        var good = """
                id: b
                version: "2"
                rule_sets:
                  - &set
                    id: set
                    rules:
                      - { id: r1, gate: vulnerabilities, trigger: package, action: STOP, params: [{ name: package_type, value: all }] }
                      - { id: r2, gate: dockerfile, trigger: exposed_ports, action: WARN, params: [{ name: ports, value: 22 }, { name: type, value: blacklist }] }
                mappings:
                  - { id: m, name: m, registry: "*", repository: "*", image: { type: tag, value: 1.0 }, rule_set_ids: [set] }
                allowlists:
                  - id: l
                    items: [{ id: i, gate: always, trigger_id: always, expires_on: "2030-01-01T00:00:00Z" }]
                """.getBytes(StandardCharsets.UTF_8);
        var random = new Random(12);
        for (int i = 0; i < 2000; i++) {
            var bytes = good.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*&!-#|> \n".charAt(random.nextInt(19));
            }
            readsAnyBytesAsYaml(bytes);
            convertsAnyBytes(bytes);
        }
    }
}
