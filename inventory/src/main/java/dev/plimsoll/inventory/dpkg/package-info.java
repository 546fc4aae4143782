/// Packages of Debian and its kin.
@NullMarked
package dev.plimsoll.inventory.dpkg;

import org.jspecify.annotations.NullMarked;
