/// Applications of Erlang and Elixir, and packages of Hex.
@NullMarked
package dev.plimsoll.inventory.beam;

import org.jspecify.annotations.NullMarked;
