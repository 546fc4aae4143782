package dev.plimsoll.policy.background;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackageIndexReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        try {
            assertThat(PackageIndexReader.read(bytes)).isNotNull();
        } catch (JsonException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    /// What the fuzzer does at length, in a few seconds and always the same.
    @Test
    void readsIndexesWithChangedBytes() {
        var good = "{\"packages\": {\"npm\": {\"lodash\": {\"latest\": \"4.17.21\", \"versions\": [\"4.17.20\", 1]}}}}"
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
