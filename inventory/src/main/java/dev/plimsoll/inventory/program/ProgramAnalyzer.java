package dev.plimsoll.inventory.program;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import java.io.IOException;
import java.util.Optional;

/// Looks into programs. The scan asks it for those files only that begin as a program does, and reads each of them once
/// for all that look into it.
public interface ProgramAnalyzer extends Analyzer {

    /// In bytes; the scan itself has no such limit, it puts what is long into a file.
    int MOST_IN_MEMORY = 256 << 20;

    /// Says what it found in a program.
    ///
    /// @throws IOException only when the content cannot be read; what is wrong with it becomes an unknown
    void examine(ProgramFile file, FactSink facts) throws IOException;

    /// Reads a program by itself, into memory.
    @Override
    default void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MOST_IN_MEMORY, "a program", facts);
        Optional<Program> program =
                bytes.isEmpty() ? Optional.empty() : Program.of(ProgramContent.of(bytes.get(), bytes.get().length));
        if (program.isPresent()) {
            examine(new ProgramFile(file.path(), file.mode(), program.get()), facts);
        }
    }

    /// A program of a layer while it passes by.
    ///
    /// @param path without the leading slash
    record ProgramFile(String path, int mode, Program program) {

        /// The last part of the path.
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
