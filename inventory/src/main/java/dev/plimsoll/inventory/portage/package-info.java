/// Packages of Gentoo and its kin.
@NullMarked
package dev.plimsoll.inventory.portage;

import org.jspecify.annotations.NullMarked;
