/// Executables and libraries: ELF, PE and Mach-O, read once for all that look into them.
@NullMarked
package dev.plimsoll.inventory.program;

import org.jspecify.annotations.NullMarked;
