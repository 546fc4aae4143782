package dev.plimsoll.inventory.scan;

import static dev.plimsoll.inventory.scan.LayeredImage.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.golang.FunctionTableBytes;
import dev.plimsoll.inventory.golang.GoSymbols;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoSymbolsAssemblyTest {

    private static final String MODULES = "path\ta.b/c\nmod\ta.b/c\tv1.2.3\th1:x=\n";

    @TempDir
    private Path folder;

    private static byte[] program(String function) {
        return FunctionTableBytes.program(MODULES, "runtime.main", function);
    }

    private static Optional<GoSymbols> symbols(Inventory inventory) {
        var found = inventory.packages().stream()
                .filter(item -> item.name().equals("a.b/c"))
                .toList();
        assertThat(found).hasSize(1);
        return Optional.ofNullable(found.getFirst().properties().get(PackageProperty.SYMBOLS))
                .map(text -> GoSymbols.parse(text).orElseThrow());
    }

    private Inventory scan(boolean asked, LayeredImage.Layer... layers) throws IOException {
        return LayeredImage.of(layers).scan(folder, AnalysisSettings.defaults().withGoSymbols(asked));
    }

    @Test
    void whatAnyProgramHoldsTheModuleHolds() throws IOException {
        var inventory = scan(
                true,
                layer().file("usr/bin/one", 0755, program("a.b/c.One")),
                layer().file("usr/bin/two", 0755, program("a.b/c.Two")));

        var symbols = symbols(inventory).orElseThrow();
        assertThat(symbols.mayHold("", "One")).isTrue();
        assertThat(symbols.mayHold("", "Two")).isTrue();
        assertThat(symbols.mayHold("", "Three")).isFalse();
    }

    @Test
    void aProgramWhoseFunctionsAreNotKnownMakesThemUnknown() throws IOException {
        for (var order : new boolean[] {true, false}) {
            var known = layer().file("usr/bin/one", 0755, program("a.b/c.One"))
                    .file("usr/bin/two", 0755, program("a.b/c.Two"));
            var unknown = layer().file("usr/bin/three", 0755, FunctionTableBytes.program(MODULES, "a.b/c.Three"));
            var inventory = order ? scan(true, known, unknown) : scan(true, unknown, known);

            assertThat(symbols(inventory)).isEmpty();
            assertThat(inventory.unknowns()).extracting("path").containsExactly("usr/bin/three");
        }
    }

    @Test
    void functionsAreCollectedOnlyWhereTheyAreAskedFor() throws IOException {
        assertThat(symbols(scan(false, layer().file("usr/bin/one", 0755, program("a.b/c.One")))))
                .isEmpty();
        assertThat(AnalysisSettings.defaults().digest())
                .isNotEqualTo(AnalysisSettings.defaults().withGoSymbols(true).digest());
    }

    @Test
    void theSerialFormKeepsThem() throws Exception {
        var inventory = scan(true, layer().file("usr/bin/one", 0755, program("a.b/c.One")));
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(inventory, out);
        assertThat(symbols(InventoryReader.read(out.toByteArray()))
                        .orElseThrow()
                        .mayHold("", "One"))
                .isTrue();
    }
}
