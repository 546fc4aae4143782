package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.inventory.serial.InventoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds stored inventories.
final class InventoryFolder {

    /// Files that are looked at.
    static final int MAX_FILES = 1_000_000;

    private static final String JSON = ".json";

    private InventoryFolder() {}

    /// Files that may be inventories, by path, of the folder and all beneath it. Links are not
    /// followed, and what begins with a dot is passed over.
    ///
    /// @throws CommandException when there is none, or the folder cannot be read
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CommandException.usage(
                    Files.exists(folder)
                            ? folder + " is a file, not a folder of inventories"
                            : "there is no folder " + folder);
        }
        try (var found = Files.find(
                folder, Integer.MAX_VALUE, (file, attributes) -> attributes.isRegularFile() && isMeant(folder, file))) {
            var files = found.limit(MAX_FILES + 1L).sorted().toList();
            if (files.size() > MAX_FILES) {
                throw CommandException.usage("there are over " + MAX_FILES + " files in the folder " + folder);
            }
            if (files.isEmpty()) {
                throw CommandException.usage(
                        "there are no inventories in the folder " + folder
                                + ": no file that ends with .json or .json.gz; `plimsoll sbom IMAGE -o inventory=FILE` writes one");
            }
            return files;
        } catch (IOException e) {
            throw CommandException.usage("cannot read the folder " + folder + ": " + Failures.reason(e));
        } catch (UncheckedIOException e) {
            throw CommandException.usage("cannot read the folder " + folder + ": " + Failures.reason(e));
        }
    }

    private static boolean isMeant(Path folder, Path file) {
        for (var part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        var name = file.toString();
        return name.endsWith(JSON) || name.endsWith(JSON + InventoryReader.PACKED);
    }
}
