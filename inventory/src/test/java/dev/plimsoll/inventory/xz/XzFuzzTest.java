package dev.plimsoll.inventory.xz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class XzFuzzTest {

    @FuzzTest
    void anyBytesUnpackOrAreRefused(byte[] bytes) {
        try {
            assertThat(XzDecoder.unpack(bytes, 1 << 20)).hasSizeLessThanOrEqualTo(1 << 20);
        } catch (XzException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }
}
