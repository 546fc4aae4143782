package dev.plimsoll.policy.testing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any bytes give tests or problems; what tests give can be judged.
final class TestFileReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        for (var name : new String[] {"fuzz.yaml", "fuzz.json"}) {
            TestFileReader.isMeantToHoldTests(name, bytes);
            TestFileReader.read(name, bytes)
                    .file()
                    .ifPresent(file -> file.tests().forEach(test -> {
                        if (test.facts() instanceof SmallFacts facts) {
                            facts.evidence(test.image(), test.at(), AnalysisRequest.nothing());
                        }
                    }));
        }
    }

    @Test
    void readsTestsWithChangedBytes() {
        var good = """
                policy: p.json
                at: 2026-01-01
                facts: { user: 0, layers: [1mb], env: { A: b }, base: debian, healthcheck: x, created: 2026-01-01 }
                tests:
                  - name: n
                    facts:
                      packages: [{ purl: pkg:deb/debian/curl@1, licenses: [MIT], layer: 2 }]
                      findings: [{ id: C, package: curl, severity: high, cvss: 9.8, epss: 0.1, kev: true, published: 2026-01-01 }]
                      files: [{ path: /a, mode: "4755", content: x }]
                      secrets: [{ rule: r, path: /a }]
                      malware: { findings: [{ path: /a, signature: s }] }
                      unknown: [accounts]
                    expect: { decision: fail, results: [{ id: "*", count: 1 }], absent: [r], unjudged: [] }
                """.getBytes(StandardCharsets.UTF_8);
        var random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            var bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*&!-#|> \n9/".charAt(random.nextInt(21));
            }
            readsAnyBytes(bytes);
        }
    }
}
