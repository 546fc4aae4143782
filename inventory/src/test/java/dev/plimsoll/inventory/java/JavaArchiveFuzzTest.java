package dev.plimsoll.inventory.java;

import static dev.plimsoll.inventory.java.JarBytes.jar;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

class JavaArchiveFuzzTest {

    @MethodSource("archives")
    @FuzzTest
    void anyBytesGivePackagesOrSomethingUnknown(byte[] bytes) {
        var analyzed = Analyzed.by(new JavaArchiveAnalyzer(), "a-1.jar", bytes);

        assertThat(analyzed.packages().isEmpty() && analyzed.unknowns().isEmpty())
                .isFalse();
    }

    /// The same ten thousand mutations at each run, so that the build tries more than the seeds of the fuzzer.
    @Test
    void mutatedArchivesGivePackagesOrSomethingUnknown() {
        var inner = jar().stored()
                .manifest("Implementation-Title: t", "Implementation-Version: 1")
                .pom("g", "b", "<version>2</version>")
                .bytes();
        var whole = jar().properties("g", "a", "1")
                .with("lib/b-2.jar", inner)
                .stored()
                .bytes();
        var random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            var bytes = whole.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            anyBytesGivePackagesOrSomethingUnknown(bytes);
        }
    }

    static Stream<byte[]> archives() {
        var inner = jar().manifest("Implementation-Title: t", "Implementation-Version: 1")
                .pom("g", "b", "<version>2</version>")
                .bytes();
        return Stream.of(
                inner,
                jar().properties("g", "a", "1").with("lib/b-2.jar", inner).bytes(),
                jar().stored().with("lib/b-2.jar", inner).bytes());
    }
}
