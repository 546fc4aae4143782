package dev.plimsoll.policy.difference;

import java.util.Locale;

/// Which way a change goes, as far as what was asked tells.
public enum Direction {
    /// Something stops or warns that did not, and nothing the other way round.
    TIGHTENED,
    LOOSENED,
    /// Both.
    MOVED,
    /// No example tells the two apart: words changed, or what was asked does not reach it.
    NOT_SEEN;

    /// Lower case, for people and machines.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Direction of(boolean tighter, boolean looser) {
        return tighter ? (looser ? MOVED : TIGHTENED) : looser ? LOOSENED : NOT_SEEN;
    }
}
