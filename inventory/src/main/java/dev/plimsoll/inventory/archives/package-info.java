@NullMarked
package dev.plimsoll.inventory.archives;

import org.jspecify.annotations.NullMarked;
