package dev.plimsoll.server.jobs;

/// Somebody wants the job no more, or its lease went to another worker: stop, and change nothing.
public final class JobCancelled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobCancelled(String message) {
        super(message);
    }
}
