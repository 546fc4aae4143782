package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Documents in tests.
final class Documents {

    static final String DIGEST = "sha256:" + "1".repeat(64);
    static final String OTHER_DIGEST = "sha256:" + "2".repeat(64);

    private Documents() {}

    static Inventory read(String text) {
        try {
            return read(text.getBytes(StandardCharsets.UTF_8), SbomLimits.DEFAULT);
        } catch (ImageException e) {
            throw new AssertionError(e);
        }
    }

    static Inventory read(byte[] bytes, SbomLimits limits) throws ImageException {
        return SbomReader.read(new ByteArrayInputStream(bytes), "test", limits);
    }

    /// `purl of source version, layer …`.
    static List<String> purls(Inventory inventory) {
        return inventory.packages().stream().map(item -> item.purl().toString()).toList();
    }

    static ImagePackage only(Inventory inventory) {
        if (inventory.packages().size() != 1) {
            throw new AssertionError(inventory.packages());
        }
        return inventory.packages().getFirst();
    }

    static List<String> unknowns(Inventory inventory) {
        return inventory.unknowns().stream()
                .map(unknown -> unknown.where() + ": " + unknown.reason())
                .toList();
    }

    static String cycloneDx(String members) {
        return "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1," + members + "}";
    }

    static String cycloneDxComponents(String... components) {
        return cycloneDx("\"components\":[" + String.join(",", components) + "]");
    }

    static String spdx(String packages, String more) {
        return "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"x\",\"dataLicense\":\"CC0-1.0\","
                + "\"documentNamespace\":\"https://example.test/x\",\"creationInfo\":{\"created\":\"2026-01-01T00:00:00Z\","
                + "\"creators\":[\"Tool: some-tool-1\"]},\"packages\":[" + packages + "]" + more + "}";
    }
}
