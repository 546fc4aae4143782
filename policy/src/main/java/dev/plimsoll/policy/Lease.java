package dev.plimsoll.policy;

import dev.plimsoll.policy.Verdict.Decision;
import java.time.Instant;

/// Until when a decision holds if nothing but time changes: not the image, not the data, not the bundle.
///
/// @param until the first instant at which the decision is another one
/// @param then what it is then
/// @param why one clause: `the allowlist item minimist-until-summer expires`
public record Lease(Instant until, Decision then, String why) {}
