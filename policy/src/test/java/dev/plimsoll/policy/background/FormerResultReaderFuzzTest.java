package dev.plimsoll.policy.background;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FormerResultReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        try {
            FormerResultReader.read(bytes);
        } catch (JsonException _) {
            // What it is for.
        }
    }

    @Test
    void readsResultsWithChangedBytes() {
        var good = FormerResultReaderTest.RESULT.getBytes(StandardCharsets.UTF_8);
        var random = new Random(13);
        for (int i = 0; i < 3000; i++) {
            var bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\9-".charAt(random.nextInt(12));
            }
            readsAnyBytes(bytes);
        }
    }
}
