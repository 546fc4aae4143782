/// Ports of vcpkg.
@NullMarked
package dev.plimsoll.inventory.vcpkg;

import org.jspecify.annotations.NullMarked;
