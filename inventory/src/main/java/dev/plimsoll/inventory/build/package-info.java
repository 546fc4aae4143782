/// Dockerfiles: read from their text, or told from an image's configuration and history.
@NullMarked
package dev.plimsoll.inventory.build;

import org.jspecify.annotations.NullMarked;
