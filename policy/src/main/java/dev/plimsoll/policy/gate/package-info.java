/// The gates, one class each or one for each of their larger triggers, and the list of them.
@NullMarked
package dev.plimsoll.policy.gate;

import org.jspecify.annotations.NullMarked;
