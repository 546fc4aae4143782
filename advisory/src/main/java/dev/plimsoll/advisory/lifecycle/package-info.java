/// When products get no more fixes.
@NullMarked
package dev.plimsoll.advisory.lifecycle;

import org.jspecify.annotations.NullMarked;
