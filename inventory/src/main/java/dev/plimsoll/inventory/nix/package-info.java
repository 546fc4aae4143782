/// What Nix built.
@NullMarked
package dev.plimsoll.inventory.nix;

import org.jspecify.annotations.NullMarked;
