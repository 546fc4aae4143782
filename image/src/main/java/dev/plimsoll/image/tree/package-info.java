/// What do the layers show when they lie upon each other?
@NullMarked
package dev.plimsoll.image.tree;

import org.jspecify.annotations.NullMarked;
