/// Tests of bundles: small facts and what is expected, coverage by rule, mutation. Pure; who reads files is the
/// command.
@NullMarked
package dev.plimsoll.policy.testing;

import org.jspecify.annotations.NullMarked;
