@NullMarked
package dev.plimsoll.inventory.prolog;

import org.jspecify.annotations.NullMarked;
