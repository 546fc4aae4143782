/// Who asks, and what he may.
@NullMarked
package dev.plimsoll.server.access;

import org.jspecify.annotations.NullMarked;
