package dev.plimsoll.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What must hold whatever bytes a document has: it is read, or refused in one line; what was read can be written and
/// read again.
final class Fuzzed {

    private static final SbomLimits LIMITS = new SbomLimits(1 << 20, 1000, 20, 10_000, 1 << 20);

    private Fuzzed() {}

    static void read(DocumentReading format, byte[] bytes) {
        DocumentReading.Read read;
        try {
            read = format.read(new ByteArrayInputStream(bytes), LIMITS);
        } catch (IOException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\n");
            return;
        }
        var inventory = read.draft().finish(read.format(), read.analyzer(), Digest.sha256("0".repeat(64)));
        try {
            var out = new ByteArrayOutputStream();
            InventoryWriter.write(inventory, out);
            assertThat(InventoryReader.read(out.toByteArray()).packages()).hasSameSizeAs(inventory.packages());
        } catch (IOException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
        }
    }
}
