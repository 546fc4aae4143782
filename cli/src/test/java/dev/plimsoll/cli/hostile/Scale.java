package dev.plimsoll.cli.hostile;

/// How large a hostile input is made.
public enum Scale {
    /// For each build: limits are lowered by options, so that seconds are enough.
    LOWERED,
    /// As an attacker would make it, against the limits that a user has who sets none.
    FULL
}
