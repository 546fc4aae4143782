/// Kernels and their modules, and what programs say of the package they came in.
@NullMarked
package dev.plimsoll.inventory.linux;

import org.jspecify.annotations.NullMarked;
