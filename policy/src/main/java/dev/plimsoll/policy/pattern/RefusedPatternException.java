package dev.plimsoll.policy.pattern;

/// A pattern that cannot be used; the message is for the user.
final class RefusedPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedPatternException(String message) {
        super(message, null, false, false);
    }

    /// Names the construct and its place.
    ///
    /// @param start of the construct, counted from 0; people count from 1
    static RefusedPatternException at(String construct, int start) {
        return new RefusedPatternException(construct + ", at character " + (start + 1));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
