package dev.plimsoll.inventory.serial;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.json.JsonException;

class InventoryReaderFuzzTest {

    @FuzzTest
    void anyTextIsAnInventoryOrARefusalOfOneLine(byte[] bytes) {
        try {
            SerialForm.write(InventoryReader.read(bytes));
        } catch (JsonException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\n");
        }
    }
}
