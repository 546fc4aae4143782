package dev.plimsoll.inventory.rpm;

/// A database that cannot be read, or not to its end; the message says why.
final class DamagedDatabaseException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedDatabaseException(String message) {
        super(message);
    }
}
