/// Secrets that lie open in an image: rules as data, and the engine that looks for them.
@NullMarked
package dev.plimsoll.inventory.secret;

import org.jspecify.annotations.NullMarked;
