/// Which distribution an image is.
@NullMarked
package dev.plimsoll.inventory.distribution;

import org.jspecify.annotations.NullMarked;
