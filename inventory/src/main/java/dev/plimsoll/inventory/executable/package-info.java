/// Programs as such.
@NullMarked
package dev.plimsoll.inventory.executable;

import org.jspecify.annotations.NullMarked;
