/// WordPress, its plugins and themes.
@NullMarked
package dev.plimsoll.inventory.wordpress;

import org.jspecify.annotations.NullMarked;
