@NullMarked
package dev.plimsoll.inventory.wordpress;

import org.jspecify.annotations.NullMarked;
