/// Conditions in the Common Expression Language over facts of an image.
@NullMarked
package dev.plimsoll.policy.expression;

import org.jspecify.annotations.NullMarked;
