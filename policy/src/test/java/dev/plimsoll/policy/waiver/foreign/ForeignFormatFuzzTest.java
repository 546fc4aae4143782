package dev.plimsoll.policy.waiver.foreign;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ForeignFormatFuzzTest {

    private static final List<String> GOOD = List.of(
            "# why\nCVE-2023-1 exp:2026-12-31\nAVD-1\n",
            "vulnerabilities:\n  - { id: CVE-1-1, paths: [ a/** ], purls: [ pkg:npm/a@1 ], expired_at: 2026-01-01 }\n",
            "ignore:\n  - { vulnerability: CVE-1-1, package: { name: a.*, version: 1.0, type: npm, location: /a/** } }\n",
            "{\"project_id\":0,\"expires_at\":1798675200,\"items\":[{\"cve_id\":\"CVE-1-1\"}]}",
            "{\"id\":\"l\",\"name\":\"L\",\"version\":\"2\",\"items\":[{\"id\":\"i\",\"gate\":\"vulnerabilities\","
                    + "\"trigger_id\":\"CVE-1-1+*\",\"expires_on\":\"2026-12-31T00:00:00Z\"}]}");

    /// Whatever is taken over can be used, and says what the reader reads.
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        for (var format : ForeignFormat.values()) {
            try {
                var found = format.read(bytes, new ImportOptions("o", java.util.Optional.of("2026-12-31"), List.of()));
                var notes = found.left().stream().map(Object::toString).toList();
                var reading = WaiverReader.read(
                        "w.yaml", WaiverText.document(found.waivers(), notes).getBytes(StandardCharsets.UTF_8));
                if (!reading.errors().isEmpty()
                        || reading.waivers().size() != found.waivers().size()) {
                    throw new AssertionError(reading.problems().toString());
                }
            } catch (ImportException e) {
                // it is no such list
            }
        }
    }

    @Test
    void readsListsWithChangedBytes() {
        var random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            var bytes = GOOD.get(i % GOOD.size()).getBytes(StandardCharsets.UTF_8);
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*#%@/ \n".charAt(random.nextInt(17));
            }
            readsAnyBytes(bytes);
        }
    }
}
