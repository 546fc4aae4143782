/// Packages of Python.
@NullMarked
package dev.plimsoll.inventory.python;

import org.jspecify.annotations.NullMarked;
