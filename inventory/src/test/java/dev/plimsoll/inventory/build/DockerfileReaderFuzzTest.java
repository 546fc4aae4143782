package dev.plimsoll.inventory.build;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class DockerfileReaderFuzzTest {

    @FuzzTest
    void readsAnyText(byte[] bytes) {
        if (DockerfileReader.read(new String(bytes, StandardCharsets.UTF_8))
                instanceof DockerfileReader.Understood(var dockerfile)) {
            dockerfile.effective("USER");
        }
    }
}
