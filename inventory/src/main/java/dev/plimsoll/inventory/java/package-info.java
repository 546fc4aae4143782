/// Packages in Java archives.
@NullMarked
package dev.plimsoll.inventory.java;

import org.jspecify.annotations.NullMarked;
