package dev.plimsoll.cli.command;

/// Ends a command with a message for the user and an exit code.
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /// @param message a sentence for the user
    public CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// A mistake of the user, or something that is not there.
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.ERROR, message);
    }

    /// The same with what a module says of it; its messages are written for users.
    public static CommandException usage(Exception cause) {
        return usage(String.valueOf(cause.getMessage()));
    }

    /// With what the process ends.
    public ExitCode exitCode() {
        return exitCode;
    }
}
