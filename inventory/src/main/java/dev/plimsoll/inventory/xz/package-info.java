/// Unpacks xz.
@NullMarked
package dev.plimsoll.inventory.xz;

import org.jspecify.annotations.NullMarked;
