/// The serial form of an inventory.
@NullMarked
package dev.plimsoll.inventory.serial;

import org.jspecify.annotations.NullMarked;
