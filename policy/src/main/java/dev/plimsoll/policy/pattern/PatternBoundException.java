package dev.plimsoll.policy.pattern;

/// A pattern took more steps than it may; the rule that used it cannot be judged.
public final class PatternBoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternBoundException(String message) {
        super(message, null, false, false);
    }
}
