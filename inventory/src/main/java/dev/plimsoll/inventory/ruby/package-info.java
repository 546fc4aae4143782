/// Packages of Ruby.
@NullMarked
package dev.plimsoll.inventory.ruby;

import org.jspecify.annotations.NullMarked;
