/// Text files, line by line, within limits.
@NullMarked
package dev.plimsoll.inventory.lines;

import org.jspecify.annotations.NullMarked;
