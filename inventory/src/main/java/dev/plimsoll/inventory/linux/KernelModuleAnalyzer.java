package dev.plimsoll.inventory.linux;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Modules of a kernel that do not belong to its source and have a version of their own. Those that do belong to it are
/// the kernel's, which has its own package.
///
/// Source: Linux, `include/linux/module.h` (`MODULE_INFO`) and `scripts/mod/modpost.c` (`intree`). Stateless: one
/// instance serves all threads.
public final class KernelModuleAnalyzer implements ProgramAnalyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "linux-module", 1, "Linux", WantedPaths.of("**/*.ko"))
            .yields(PackageType.GENERIC)
            .gives("modules from outside the kernel's source, with licences")
            .limit("information of a module", ModuleInformation.MAX_INFO, "bytes")
            .source("Linux, include/linux/module.h, scripts/mod/modpost.c")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        ModuleInformation.of(file.program())
                .flatMap(information -> information.found(file.name()))
                .ifPresent(facts::add);
    }
}
