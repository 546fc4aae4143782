package dev.plimsoll.inventory.linux;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Modules of a kernel that do not belong to its source and have a version of their own. Those that do belong to it are
/// the kernel's, which has its own package; packed modules are not read.
///
/// Source: Linux, `include/linux/module.h` (`MODULE_INFO`) and `scripts/mod/modpost.c` (`intree`). Stateless: one
/// instance serves all threads.
public final class KernelModuleAnalyzer implements ProgramAnalyzer {

    private static final String SECTION = ".modinfo";

    /// In bytes.
    static final int MAX_INFO = 1 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "linux-module", 1, "Linux", WantedPaths.of("**/*.ko"))
            .yields(PackageType.GENERIC)
            .gives("modules from outside the kernel's source, with licences")
            .limit("information of a module", MAX_INFO, "bytes")
            .source("Linux, include/linux/module.h, scripts/mod/modpost.c")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var section = file.program().section(SECTION);
        if (section.isEmpty()) {
            return;
        }
        var bytes = file.program().read(section.get(), MAX_INFO);
        var text = new String(bytes.array(), bytes.arrayOffset(), bytes.limit(), StandardCharsets.UTF_8);
        Map<String, String> values = new HashMap<>();
        for (var item : text.split("\0", -1)) {
            var equals = item.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(item.substring(0, equals), item.substring(equals + 1));
            }
        }
        var version = values.getOrDefault("version", "");
        if (version.isEmpty() || values.getOrDefault("intree", "").equals("Y")) {
            return;
        }
        var license = values.getOrDefault("license", "");
        facts.add(PackageFound.ofLanguage(
                        PackageType.GENERIC,
                        "",
                        values.getOrDefault("name", file.name().replaceFirst("\\.ko$", "")),
                        version,
                        license.isEmpty() ? List.of() : List.of(license),
                        "")
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low")));
    }
}
