@NullMarked
package dev.plimsoll.inventory.beam;

import org.jspecify.annotations.NullMarked;
