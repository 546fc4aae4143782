/// Packages of Node.js.
@NullMarked
package dev.plimsoll.inventory.npm;

import org.jspecify.annotations.NullMarked;
