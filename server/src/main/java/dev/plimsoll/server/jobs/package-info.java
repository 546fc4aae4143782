/// Work that is done later, once, whatever happens to whoever does it.
@NullMarked
package dev.plimsoll.server.jobs;

import org.jspecify.annotations.NullMarked;
