package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.program.Program;
import java.io.IOException;
import java.util.Optional;

/// What a Go program says of itself.
///
/// @param path of the main package: `cmd/go`
/// @param module path of the main module, empty where there is none
/// @param version of the main module, empty where it is not known
/// @param toolchain its version, without `go`
public record GoBuild(String path, String module, String version, String toolchain) {

    /// What the program says, where it is one of Go.
    public static Optional<GoBuild> of(Program program) throws IOException {
        return GoBinaryAnalyzer.information(program).map(information -> {
            var path = "";
            var module = "";
            for (var line : (Iterable<String>) information.modules().lines()::iterator) {
                var cells = line.split("\t", 4);
                if (cells[0].equals("path") && cells.length > 1) {
                    path = cells[1];
                } else if (cells[0].equals("mod") && cells.length > 1) {
                    module = cells[1];
                }
            }
            var toolchain = information.toolchain().split(" ", 2)[0];
            return new GoBuild(
                    path, module, information.mainVersion(), toolchain.startsWith("go") ? toolchain.substring(2) : "");
        });
    }

    /// Whether its main module or main package begins so.
    public boolean isOf(String start) {
        return begins(module, start) || begins(path, start);
    }

    private static boolean begins(String path, String start) {
        return path.startsWith(start) && (path.length() == start.length() || path.charAt(start.length()) == '/');
    }
}
