package dev.plimsoll.cli.command;

/// What the process says with its exit code.
public enum ExitCode {
    PASS(0),
    /// A usage error, or the tool could not do its work.
    ERROR(1),
    FAIL(2),
    /// Nobody can say: the image cannot be read, a STOP rule cannot be judged, no mapping covers the image.
    NO_VERDICT(3),
    /// Advisory data that is needed is missing.
    DATA_MISSING(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /// As the process ends with it.
    public int code() {
        return code;
    }
}
