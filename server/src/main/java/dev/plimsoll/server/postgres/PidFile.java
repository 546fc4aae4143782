package dev.plimsoll.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What a server of PostgreSQL writes of itself into the folder of its data.
///
/// Source: PostgreSQL, src/include/utils/pidfile.h: line 1 the process, line 8 its state, padded with spaces.
///
/// @param pid of the server
/// @param ready whether it takes connections
record PidFile(long pid, boolean ready) {

    static final String NAME = "postmaster.pid";

    private static final int STATE_LINE = 8;

    /// @return empty where no server runs, or where it did not write its first line yet
    static Optional<PidFile> read(Path data) throws IOException {
        try {
            var lines = Files.readAllLines(data.resolve(NAME));
            if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")) {
                return Optional.empty();
            }
            return Optional.of(new PidFile(
                    Long.parseLong(lines.getFirst().strip()),
                    lines.size() >= STATE_LINE
                            && lines.get(STATE_LINE - 1).strip().equals("ready")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
