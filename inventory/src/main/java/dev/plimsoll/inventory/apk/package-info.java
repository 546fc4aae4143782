/// Packages of Alpine and its kin.
@NullMarked
package dev.plimsoll.inventory.apk;

import org.jspecify.annotations.NullMarked;
