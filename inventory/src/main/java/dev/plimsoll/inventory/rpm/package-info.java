/// Packages of rpm's databases.
@NullMarked
package dev.plimsoll.inventory.rpm;

import org.jspecify.annotations.NullMarked;
