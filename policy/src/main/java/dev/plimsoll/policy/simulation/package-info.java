/// What a change of policy would do to images that are known already.
@NullMarked
package dev.plimsoll.policy.simulation;

import org.jspecify.annotations.NullMarked;
