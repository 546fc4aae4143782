/// Packages of PHP: Composer's, those of PEAR and PECL, the interpreter and its extensions.
@NullMarked
package dev.plimsoll.inventory.php;

import org.jspecify.annotations.NullMarked;
