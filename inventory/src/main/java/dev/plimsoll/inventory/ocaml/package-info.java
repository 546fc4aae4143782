/// Packages of OCaml.
@NullMarked
package dev.plimsoll.inventory.ocaml;

import org.jspecify.annotations.NullMarked;
