/// Packs of SWI-Prolog.
@NullMarked
package dev.plimsoll.inventory.prolog;

import org.jspecify.annotations.NullMarked;
