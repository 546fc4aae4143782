/// A real PostgreSQL that the service brings along and runs by itself, for those who have none.
@NullMarked
package dev.plimsoll.server.postgres;

import org.jspecify.annotations.NullMarked;
