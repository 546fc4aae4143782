/// Modules in Go programs.
@NullMarked
package dev.plimsoll.inventory.golang;

import org.jspecify.annotations.NullMarked;
