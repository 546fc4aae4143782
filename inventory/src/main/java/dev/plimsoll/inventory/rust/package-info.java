/// Crates in Rust programs and lock files.
@NullMarked
package dev.plimsoll.inventory.rust;

import org.jspecify.annotations.NullMarked;
