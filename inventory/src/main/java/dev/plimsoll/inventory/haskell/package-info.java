/// Packages of Haskell.
@NullMarked
package dev.plimsoll.inventory.haskell;

import org.jspecify.annotations.NullMarked;
