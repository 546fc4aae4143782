package dev.plimsoll.policy.bundle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import java.nio.charset.StandardCharsets;
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
}
