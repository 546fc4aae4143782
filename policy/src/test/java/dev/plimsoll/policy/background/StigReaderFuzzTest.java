package dev.plimsoll.policy.background;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StigReaderFuzzTest {

    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        try {
            StigReader.read(bytes);
        } catch (IOException _) {
            // What it is for.
        }
    }

    @Test
    void readsEvaluationsWithChangedBytes() {
        var random = new Random(17);
        for (var text : List.of(StigDocuments.HDF, StigDocuments.HDF_3, StigDocuments.XCCDF, StigDocuments.ARF)) {
            var good = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 2000; i++) {
                var bytes = good.clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    bytes[random.nextInt(bytes.length)] = (byte) "<>&/'\"{}[],:0a\\".charAt(random.nextInt(15));
                }
                readsAnyBytes(bytes);
            }
        }
    }
}
