package dev.plimsoll.policy.waiver;

import java.time.Instant;
import java.util.Optional;

/// One decision to let something pass.
///
/// @param id unique among all waivers that are used together
/// @param scope what it covers
/// @param justification where {@link Reason#mayBeJustified()} allows it; there for {@link Reason#NOT_AFFECTED}
/// @param text for people: why, may be empty
/// @param owner who looks after it, may be empty
/// @param approver who agreed, may be empty
/// @param ticket where it was discussed, may be empty
/// @param from the first instant at which it counts; empty for always
/// @param until the first instant at which it no longer counts; empty for never
/// @param file that it was read from, for messages
public record Waiver(
        String id,
        Scope scope,
        Reason reason,
        Optional<Justification> justification,
        String text,
        String owner,
        String approver,
        String ticket,
        Optional<Instant> from,
        Optional<Instant> until,
        Effect effect,
        String file) {

    /// Where an instant lies to the time of a waiver.
    public enum Validity {
        /// Its time is still to come.
        PENDING,
        VALID,
        EXPIRED
    }

    public Validity validityAt(Instant at) {
        if (until.isPresent() && !at.isBefore(until.get())) {
            return Validity.EXPIRED;
        }
        return from.isPresent() && at.isBefore(from.get()) ? Validity.PENDING : Validity.VALID;
    }
}
