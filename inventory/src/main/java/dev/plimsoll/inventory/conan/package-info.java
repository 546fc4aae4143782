/// Packages of Conan.
@NullMarked
package dev.plimsoll.inventory.conan;

import org.jspecify.annotations.NullMarked;
