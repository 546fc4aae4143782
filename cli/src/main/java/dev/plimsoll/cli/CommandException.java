package dev.plimsoll.cli;

/// Ends a command with a message for the user and an exit code.
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// A mistake of the user, or something that is not there.
    static CommandException usage(String message) {
        return new CommandException(ExitCode.ERROR, message);
    }

    /// The same with what a module says of it; its messages are written for users.
    static CommandException usage(Exception cause) {
        return usage(String.valueOf(cause.getMessage()));
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
