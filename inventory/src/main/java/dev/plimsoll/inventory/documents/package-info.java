/// Files of common forms, and the limits of what one file may list.
@NullMarked
package dev.plimsoll.inventory.documents;

import org.jspecify.annotations.NullMarked;
