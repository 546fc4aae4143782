/// Packages of R.
@NullMarked
package dev.plimsoll.inventory.rlang;

import org.jspecify.annotations.NullMarked;
