package dev.plimsoll.inventory.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The temporary files of databases that are there now.
public final class SpilledDatabases {

    private SpilledDatabases() {}

    public static List<String> names() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("plimsoll-") && name.endsWith(".database"))
                    .sorted()
                    .toList();
        }
    }
}
