/// From a bundle and evidence to a verdict.
@NullMarked
package dev.plimsoll.policy.evaluation;

import org.jspecify.annotations.NullMarked;
