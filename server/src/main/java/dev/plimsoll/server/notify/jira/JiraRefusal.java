package dev.plimsoll.server.notify.jira;

import dev.plimsoll.server.notify.sending.Outcome;

/// A call did not succeed, and what that means for the message.
final class JiraRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;
    private final int status;

    /// @param status 0 where there was no answer
    JiraRefusal(Outcome outcome, int status) {
        super("Jira answered " + status);
        this.outcome = outcome;
        this.status = status;
    }

    Outcome outcome() {
        return outcome;
    }

    boolean isAbsent() {
        return status == 404;
    }

    /// Whether it is certain that nothing was done.
    boolean isCertain() {
        return status >= 400 && status < 500 && status != 408;
    }
}
