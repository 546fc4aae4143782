package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class RpmHeaderFuzzTest {

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGiveAPackageOrAnUnknown(byte[] bytes) {
        new HeaderCollector(new RecordedFacts()).accept("header", bytes);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(ofPackage("a", "1", "2")
                .numbers(RpmHeader.EPOCH, 1)
                .files("/usr/bin/", "a", "b")
                .build());
    }
}
