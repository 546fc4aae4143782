/// What must not be readable in the database.
@NullMarked
package dev.plimsoll.server.secrets;

import org.jspecify.annotations.NullMarked;
