package dev.plimsoll.cli.hostile;

import java.util.List;

/// How a command must end on an input.
public sealed interface Ending {

    /// The image is there and cannot be read: `check` gives no verdict, `sbom` an error.
    ///
    /// @param phrases of the one message
    record Refused(List<String> phrases) implements Ending {}

    /// The user named something that is no image, or that is ambiguous: an error of every command.
    record NoImage(List<String> phrases) implements Ending {}

    /// The image is read, and what could not be is an unknown of the result.
    ///
    /// @param phrases each of which some unknown must hold
    record Unknown(List<String> phrases) implements Ending {}

    /// The image is read; whether something in it is an unknown does not matter.
    record Read() implements Ending {}

    /// The image is read, and nothing is wrong with it.
    ///
    /// @param files that it must have; those that begin with `!` it must not have
    record Lawful(List<String> files) implements Ending {}

    /// The exit code of `sbom`.
    default int ofSbom() {
        return switch (this) {
            case Refused _, NoImage _ -> 1;
            case Unknown _, Read _, Lawful _ -> 0;
        };
    }

    /// The exit code of `check` with a policy without rules.
    default int ofCheck() {
        return switch (this) {
            case Refused _ -> 3;
            case NoImage _ -> 1;
            case Unknown _, Read _, Lawful _ -> 0;
        };
    }
}
