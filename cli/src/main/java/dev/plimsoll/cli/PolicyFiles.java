package dev.plimsoll.cli;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.BundleReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads bundles from files for the commands.
final class PolicyFiles {

    /// In bytes, of a bundle's file.
    static final long MAX_FILE = 64L << 20;

    private PolicyFiles() {}

    /// A bundle without errors, and what to say about it.
    record UsableBundle(Bundle bundle, List<String> warnings) {}

    /// Reads a bundle that will be used.
    ///
    /// @throws CommandException when it has errors, naming all of them
    static UsableBundle read(Path file, boolean allowBacktracking) {
        var reading = reading(file, allowBacktracking);
        var errors = reading.errors();
        if (reading.bundle().isEmpty() || !errors.isEmpty()) {
            var text = new StringBuilder("the policy bundle " + file + " has "
                    + (errors.size() == 1 ? "an error" : errors.size() + " errors"));
            errors.forEach(error -> text.append("\n  ").append(error));
            throw CommandException.usage(text.toString());
        }
        return new UsableBundle(
                reading.bundle().get(),
                reading.warnings().stream().map(Object::toString).toList());
    }

    /// All that there is to say about a bundle's file.
    static BundleReading reading(Path file, boolean allowBacktracking) {
        try {
            if (Files.isDirectory(file)) {
                throw CommandException.usage(file + " is a folder, not a policy bundle");
            }
            if (!Files.exists(file)) {
                throw CommandException.usage("there is no policy bundle " + file);
            }
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.usage("the policy bundle " + file + " is over " + MAX_FILE + " bytes");
            }
            return BundleReader.read(file.toString(), Files.readAllBytes(file), allowBacktracking);
        } catch (IOException e) {
            throw CommandException.usage("cannot read the policy bundle " + file + ": " + Failures.reason(e));
        }
    }
}
