/// Packages that lie about as files.
@NullMarked
package dev.plimsoll.inventory.archives;

import org.jspecify.annotations.NullMarked;
