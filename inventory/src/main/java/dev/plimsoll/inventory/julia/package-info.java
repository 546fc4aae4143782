/// Packages of Julia.
@NullMarked
package dev.plimsoll.inventory.julia;

import org.jspecify.annotations.NullMarked;
