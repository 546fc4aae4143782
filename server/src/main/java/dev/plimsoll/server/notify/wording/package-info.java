/// A message in plain sentences, the same for every channel that people read; each writes them in
/// its own markup.
@NullMarked
package dev.plimsoll.server.notify.wording;

import org.jspecify.annotations.NullMarked;
