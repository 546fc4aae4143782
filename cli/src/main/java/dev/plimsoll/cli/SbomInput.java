package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.sbom.SbomReader;

/// A software bill of materials in the place of an image: `sbom:FILE`, or `sbom:-` for standard input.
final class SbomInput {

    static final String SCHEME = "sbom:";

    private static final String STANDARD_INPUT = "-";

    private SbomInput() {}

    /// @param where with its scheme
    /// @param unreadable the exit code for a document that is there and cannot be read
    static Inventory read(String where, Environment environment, ExitCode unreadable) {
        var place = where.substring(SCHEME.length());
        if (place.isBlank()) {
            throw CommandException.usage("sbom: names no document; write sbom:FILE, or sbom:- for standard input");
        }
        try {
            return place.equals(STANDARD_INPUT)
                    ? SbomReader.read(environment.in(), "on standard input")
                    : SbomReader.read(environment.resolve(place));
        } catch (ImageException e) {
            throw switch (e.kind()) {
                case NOT_FOUND -> CommandException.usage(e);
                case UNREADABLE -> new CommandException(unreadable, String.valueOf(e.getMessage()));
            };
        } catch (OutOfMemoryError _) {
            throw new CommandException(unreadable, "cannot read the software bill of materials: " + Main.outOfMemory());
        }
    }
}
