package dev.plimsoll.server.judging;

import dev.plimsoll.server.events.Cause;

/// Which cause it is when time alone changes a verdict, by the clause that the rule or treatment gave for it.
final class TimeCauses {

    /// How the clause of data that gets old begins.
    static final String STALE = "the advisory data is over ";

    private TimeCauses() {}

    /// @param why of a {@link dev.plimsoll.policy.NextChange}
    static Cause of(String why) {
        if (why.startsWith("the waiver ") && why.endsWith(" begins")) {
            return Cause.WAIVER_ADDED;
        }
        if ((why.startsWith("the waiver ") || why.startsWith("the allowlist item ")) && why.endsWith(" expires")) {
            return Cause.WAIVER_EXPIRED;
        }
        if (why.startsWith(STALE) || why.startsWith("the virus scanner's signatures ")) {
            return Cause.DATA_STALE;
        }
        // time to mend, due dates, ends of life, ages: the time that was given is over
        return Cause.GRACE_ENDED;
    }
}
