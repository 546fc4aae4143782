/// On which image was this one built?
@NullMarked
package dev.plimsoll.inventory.base;

import org.jspecify.annotations.NullMarked;
