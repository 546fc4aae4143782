/// Packages of Arch Linux and its kin.
@NullMarked
package dev.plimsoll.inventory.pacman;

import org.jspecify.annotations.NullMarked;
