/// Rocks of Lua.
@NullMarked
package dev.plimsoll.inventory.lua;

import org.jspecify.annotations.NullMarked;
