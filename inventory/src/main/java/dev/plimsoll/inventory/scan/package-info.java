/// The one pass over an image: which analyzers run, how layers merge into an inventory.
@NullMarked
package dev.plimsoll.inventory.scan;

import org.jspecify.annotations.NullMarked;
