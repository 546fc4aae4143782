package dev.plimsoll.inventory.rpm;

/// A header of rpm that cannot be read; the message is a clause that says why.
final class DamagedHeaderException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedHeaderException(String message) {
        super(message);
    }
}
