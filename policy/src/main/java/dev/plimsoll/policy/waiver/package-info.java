/// What is let pass although a rule fires, for how long, and who says so?
@NullMarked
package dev.plimsoll.policy.waiver;

import org.jspecify.annotations.NullMarked;
