/// What is known to be wrong?
@NullMarked
package dev.plimsoll.advisory;

import org.jspecify.annotations.NullMarked;
