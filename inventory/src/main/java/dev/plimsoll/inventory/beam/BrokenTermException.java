package dev.plimsoll.inventory.beam;

/// A text is no term, or over a limit; the message is one sentence that says where.
final class BrokenTermException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenTermException(String message) {
        super(message);
    }
}
