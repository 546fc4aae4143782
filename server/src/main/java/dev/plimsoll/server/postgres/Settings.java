package dev.plimsoll.server.postgres;

import java.nio.file.Path;
import java.util.Optional;

/// How the service's own PostgreSQL is run.
///
/// @param folder where the data, the password and the lock lie; made where it is not there
/// @param programs where PostgreSQL's programs are unpacked, once per version; may be shared and may be thrown away
/// while
///     nothing runs
/// @param user as whom it runs where the service is root, which PostgreSQL refuses to be; empty: in a user namespace
/// @param connections how many the service's pool may hold
/// @param durable false only in tests: it then loses what was committed when the machine loses its power
public record Settings(Path folder, Path programs, Optional<String> user, int connections, boolean durable) {

    public Settings {
        folder = folder.toAbsolutePath().normalize();
        programs = programs.toAbsolutePath().normalize();
    }
}
