/// Distributions of CPAN.
@NullMarked
package dev.plimsoll.inventory.perl;

import org.jspecify.annotations.NullMarked;
