package dev.plimsoll.server.jobs;

/// A job cannot be done, and no second attempt would change that. The message tells a person why and what to do.
public final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobFailure(String message) {
        super(message);
    }

    public JobFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
