/// Debian's security tracker.
@NullMarked
package dev.plimsoll.advisory.debian;

import org.jspecify.annotations.NullMarked;
