package dev.plimsoll.inventory.linux;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a module of a kernel says of itself.
///
/// Source: Linux, `include/linux/module.h` (`MODULE_INFO`) and `scripts/mod/modpost.c` (`intree`).
///
/// @param values by name, of several of one name the first
record ModuleInformation(Map<String, String> values) {

    private static final String SECTION = ".modinfo";

    /// In bytes.
    static final int MAX_INFO = 1 << 20;

    /// What the module says; empty where this is none.
    static Optional<ModuleInformation> of(Program program) throws IOException {
        var section = program.section(SECTION);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        var bytes = program.read(section.get(), MAX_INFO);
        var text = new String(bytes.array(), bytes.arrayOffset(), bytes.limit(), StandardCharsets.UTF_8);
        var values = new HashMap<String, String>();
        for (var item : text.split("\0", -1)) {
            var equals = item.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(item.substring(0, equals), item.substring(equals + 1));
            }
        }
        return Optional.of(new ModuleInformation(values));
    }

    /// The package; empty for a module of the kernel's own source, and where it has no version.
    ///
    /// @param file its name, for modules that do not say theirs
    Optional<PackageFound> found(String file) {
        var version = values.getOrDefault("version", "");
        if (version.isEmpty() || values.getOrDefault("intree", "").equals("Y")) {
            return Optional.empty();
        }
        var license = values.getOrDefault("license", "");
        return Optional.of(PackageFound.ofLanguage(
                        PackageType.GENERIC,
                        "",
                        values.getOrDefault("name", file.replaceFirst("\\.ko(\\.(gz|xz|zst))?$", "")),
                        version,
                        license.isEmpty() ? List.of() : List.of(license),
                        "")
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low")));
    }
}
