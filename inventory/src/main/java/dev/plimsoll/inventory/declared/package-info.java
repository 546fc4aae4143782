/// What lock files have in common, whatever the ecosystem.
@NullMarked
package dev.plimsoll.inventory.declared;

import org.jspecify.annotations.NullMarked;
