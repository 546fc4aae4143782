/// What is in an image?
@NullMarked
package dev.plimsoll.inventory;

import org.jspecify.annotations.NullMarked;
