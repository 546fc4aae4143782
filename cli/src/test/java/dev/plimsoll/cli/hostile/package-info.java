/// What hostile and odd inputs are there, and how must each of them end?
@NullMarked
package dev.plimsoll.cli.hostile;

import org.jspecify.annotations.NullMarked;
