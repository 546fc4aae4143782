/// Applications of macOS.
@NullMarked
package dev.plimsoll.inventory.apple;

import org.jspecify.annotations.NullMarked;
