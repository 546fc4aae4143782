package dev.plimsoll.policy.waiver.foreign;

/// A file is no list of its format at all. The message says what it is instead, in words that follow its name.
public final class ImportException extends Exception {

    private static final long serialVersionUID = 1L;

    public ImportException(String message) {
        super(message);
    }
}
