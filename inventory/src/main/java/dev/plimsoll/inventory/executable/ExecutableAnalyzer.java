package dev.plimsoll.inventory.executable;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.Program.Role;
import dev.plimsoll.inventory.program.ProgramAnalyzer;

/// Says of each program that it is one, so that those can be named which no package owns and nothing identified.
/// Stateless: one instance serves all threads.
public final class ExecutableAnalyzer implements ProgramAnalyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "executable", 1, "any", WantedPaths.programs())
            .gives("programs that can be started, for the list of those that nothing identifies")
            .source("System V Application Binary Interface; Microsoft, PE Format; Apple, mach-o/loader.h")
            .proof("programs of the test's machine");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) {
        if (file.program().role() == Role.PROGRAM) {
            facts.add(new Fact.Executable(file.program().format().words()));
        }
    }
}
