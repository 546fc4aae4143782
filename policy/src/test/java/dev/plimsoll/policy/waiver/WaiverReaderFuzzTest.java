package dev.plimsoll.policy.waiver;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WaiverReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        for (var name : List.of("w.yaml", "w.json")) {
            var reading = WaiverReader.read(name, bytes);
            if (reading.errors().isEmpty()) {
                PolicyEvaluator.evaluate(
                        BundleText.of()
                                .rule("STOP", "vulnerabilities", "package", "package_type=all", "severity=high")
                                .bundle(false),
                        Waivers.of(List.of(reading)),
                        Fixture.image()
                                .hit(Fixture.finding("CVE-1", Severity.HIGH).alias("GHSA-1"))
                                .evidence(),
                        EvaluationOptions.DEFAULT);
            }
        }
    }

    /// What the fuzzer does at length, in a few seconds and always the same: a good file with bytes changed.
    @Test
    void readsFilesWithChangedBytes() {
        var good = """
                waivers:
                  - id: a
                    scope: { ids: [ CVE-1, "GHSA*" ], packages: [ curl@7*, pkg:deb/curl ], images: [ "*/shop/*" ],
                      paths: [ /var/**, "/{a,b}/?" ], gates: [ vulnerabilities/package ] }
                    reason: accepted-risk
                    until: 2026-12-31
                    effect: extend
                    deadline: 2026-10-01
                """.getBytes(StandardCharsets.UTF_8);
        var random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            var bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*(&- \n".charAt(random.nextInt(16));
            }
            readsAnyBytes(bytes);
        }
    }
}
