/// Where do images come from, and which one is meant?
@NullMarked
package dev.plimsoll.image.source;

import org.jspecify.annotations.NullMarked;
