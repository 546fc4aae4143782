/// The commands `plimsoll remote …`: they speak with a Plimsoll server over HTTP, and know nothing
/// else of it.
@NullMarked
package dev.plimsoll.cli.remote;

import org.jspecify.annotations.NullMarked;
